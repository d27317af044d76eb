using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Landmarks;

/// <summary>The doorbell's own sweep as a source of mistakes: the real cascade, on drawn people.</summary>
public class FalseAlarmsTests
{
    private const int Turns = 4;

    private static readonly KnownFace Face = DrawnFaces.One(2);

    [Fact]
    public void What_the_sweep_finds_in_a_turned_and_resized_picture_is_told_in_the_pictures_own_coordinates()
    {
        // Taken for a picture without a face, its face is what the sweep is sure to find.
        IReadOnlyList<FalseAlarm> alarms = new FalseAlarms(seed: 1, earlier: null).InNonfaces([Face.Gray], Turns, () => { });

        Assert.True(alarms.Count(alarm => IsTheFace(alarm.Place)) >= Turns,
            $"{Face.Place} is not among {string.Join("; ", alarms.Select(alarm => alarm.Place))}");
        Assert.All(alarms, alarm => Assert.False(alarm.IsHard));
    }

    [Fact]
    public void The_known_face_is_no_false_alarm()
    {
        IReadOnlyList<FalseAlarm> alarms = new FalseAlarms(seed: 1, earlier: null).BesideFaces([Face], Turns, () => { });

        Assert.NotEmpty(alarms);
        Assert.DoesNotContain(alarms, alarm => IsTheFace(alarm.Place));
    }

    [Fact]
    public void Hard_is_what_the_earlier_network_takes_for_a_face()
    {
        IReadOnlyList<FalseAlarm> alarms = new FalseAlarms(seed: 1, ShippedModels.FaceLandmarks).InNonfaces([Face.Gray], Turns, () => { });

        Assert.Contains(alarms, alarm => alarm.IsHard && IsTheFace(alarm.Place));
        Assert.Contains(alarms, alarm => !alarm.IsHard);
    }

    [Fact]
    public void Hard_ones_are_learnt_from_more_often()
    {
        // One hard alarm among many: white where the others are black.
        FalseAlarm Alarm(byte gray, bool isHard) =>
            new(new PixelBuffer(60, 60, PixelFormat.Gray8, Enumerable.Repeat(gray, 3600).ToArray()),
                new FacePlace(30, 30, 30, Rotation.None), isHard);
        int White(bool isHard)
        {
            var samples = new LandmarkSamples([Face], [], [Alarm(255, isHard), .. Enumerable.Repeat(Alarm(0, isHard: false), 49)], seed: 1);
            return Enumerable.Range(0, 2000).Select(i => samples.Make(new SeededRandom(5, i)))
                .Count(made => made.Landmarks is null && made.Crop.Pixels.ToArray().Min() > 150);
        }

        Assert.True(White(isHard: true) > 5 * (White(isHard: false) + 1), $"{White(isHard: true)} against {White(isHard: false)}");
    }

    private static bool IsTheFace(FacePlace place) =>
        new FacePoint(place.CenterX, place.CenterY)
            .DistanceTo(new FacePoint(Face.Place.CenterX, Face.Place.CenterY)) < 0.3f * Face.Place.Edge
        && place.Edge / Face.Place.Edge is > 0.6f and < 1.6f && place.Rotation.AngleTo(Face.Place.Rotation) < 30;
}
