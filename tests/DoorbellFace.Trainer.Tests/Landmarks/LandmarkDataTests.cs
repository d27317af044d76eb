using DoorbellFace.Core.Faces;
using DoorbellFace.Trainer.Commands;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Landmarks;

namespace DoorbellFace.Trainer.Tests.Landmarks;

public class LandmarkDataTests
{
    [Fact]
    public void A_harvested_photo_that_is_not_permitted_is_left_out()
    {
        HarvestedFace Face(string photo) => new(photo, "x", FaceAlignment.Template);

        IReadOnlyList<HarvestedFace> left = PretrainLandmarksCommand.OnlyPermitted(
            [Face("lfw/images/A/1.jpg"), Face("lfw/images/B/1.jpg"), new HarvestedFace("lfw/images/C/1.jpg", "C", null)],
            [new PermittedPhoto("lfw/images/A/1.jpg", "A"), new PermittedPhoto("lfw/images/C/1.jpg", "C")]);

        Assert.Equal(["lfw/images/A/1.jpg"], left.Select(face => face.Photo));
    }

    [DataFact("splits")]
    public void Nobody_who_is_measured_with_is_among_the_permitted_photos()
    {
        string data = MeasuringData.Find("splits")!;
        IReadOnlyList<PermittedPhoto> photos = PermittedPhotos.In(Path.GetDirectoryName(data)!);
        HashSet<string> heldBack = [.. Directory.GetFiles(data, "*.txt").SelectMany(File.ReadAllLines).Select(name => name.Trim())];

        Assert.NotEmpty(photos);
        Assert.DoesNotContain(photos, photo => photo.Person is { } person && heldBack.Contains(person));
        Assert.DoesNotContain(photos, photo =>
            photo.Path.StartsWith("caltech", StringComparison.Ordinal) || photo.Path.StartsWith("five", StringComparison.Ordinal));
    }

    [DataFact("nonfaces")]
    public void The_halves_of_the_photos_without_faces_are_about_as_large_and_share_nothing()
    {
        string[] names = [.. Directory.GetFiles(MeasuringData.Find("nonfaces")!).Select(path => Path.GetFileName(path))];

        int learnt = names.Count(Nonfaces.IsForTraining);

        Assert.InRange(learnt, names.Length * 4 / 10, names.Length * 6 / 10);
        Assert.Equal(learnt, names.Count(Nonfaces.IsForTraining));
    }

    [Fact]
    public void An_error_is_told_in_eye_distances()
    {
        FaceLandmarks truth = FaceAlignment.Template;
        float tenth = truth.EyeDistance / 10;

        Assert.Equal(0.1f, LandmarkError.Of(truth, truth.Map(point => point with { X = point.X + tenth })), tolerance: 1e-4f);
    }
}
