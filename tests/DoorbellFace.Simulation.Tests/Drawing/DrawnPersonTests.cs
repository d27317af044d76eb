using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Simulation.Tests.Drawing;

public class DrawnPersonTests
{
    [Fact]
    public void The_same_seed_is_the_same_person() => Assert.Equal(DrawnPerson.FromSeed(42), DrawnPerson.FromSeed(42));

    [Fact]
    public void A_thousand_seeds_are_a_thousand_people_of_every_kind()
    {
        DrawnPerson[] people = [.. Enumerable.Range(0, 1000).Select(DrawnPerson.FromSeed)];

        Assert.Equal(1000, people.Distinct().Count());
        Assert.Equal(Enum.GetValues<HairStyle>().Length, people.Select(person => person.HairStyle).Distinct().Count());
        Assert.Equal(Enum.GetValues<FacialHair>().Length, people.Select(person => person.FacialHair).Distinct().Count());
        Assert.Equal(Enum.GetValues<Glasses>().Length, people.Select(person => person.Glasses).Distinct().Count());
        Assert.InRange(people.Average(person => person.SkinColour.Luma), 0.5f, 0.75f);
        Assert.InRange(people.Max(person => person.SkinColour.Luma) - people.Min(person => person.SkinColour.Luma), 0.35f, 0.6f);
        Assert.InRange(people.Average(person => person.NoseLength), -0.05f, 0.05f);
    }

    [Fact]
    public void The_family_has_four_names_and_four_faces()
    {
        Assert.Equal(["Anna", "Ben", "Clara", "David"], DrawnFamily.All.Select(member => member.Name));
        Assert.Equal(4, DrawnFamily.All.Select(member => member.Person).Distinct().Count());
    }

    [Fact]
    public void No_seed_serves_two_purposes()
    {
        int[] firsts =
        [
            DrawnStrangers.FirstTrainingSeed, DrawnStrangers.FirstMeasuringSeed, DrawnStrangers.FirstVisitorSeed,
                DrawnStrangers.FirstOtherFamilySeed,
        ];

        Assert.All(firsts.Order().Zip(firsts.Order().Skip(1)), pair => Assert.True(pair.Second - pair.First >= DrawnStrangers.RangeLength));
        Assert.Equal(DrawnPerson.FromSeed(DrawnStrangers.FirstVisitorSeed + 5), DrawnStrangers.Visitor(5));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnStrangers.ForTraining(DrawnStrangers.RangeLength));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnStrangers.ForTraining(-1));
    }

    [Theory]
    [InlineData(1.01f)]
    [InlineData(-1.01f)]
    [InlineData(float.NaN)]
    public void A_dial_beyond_its_range_is_refused_by_name(float value) =>
        Assert.Equal("NoseWidth", Assert.Throws<ArgumentOutOfRangeException>(() => new DrawnPerson { NoseWidth = value }).ParamName);

    [Fact]
    public void Scenes_by_lot_stay_within_their_variation()
    {
        var variation = new SceneVariation
        {
            YawDegrees = 25, PitchDegrees = 12, TiltDegrees = 10, SmallestFacePixels = 70, LargestFacePixels = 170,
        };
        DrawnScene[] scenes = [.. Enumerable.Range(0, 500).Select(seed => DrawnScene.Random(seed, variation))];

        Assert.InRange(scenes.Max(scene => Math.Abs(scene.YawDegrees)), 24, 25);
        Assert.InRange(scenes.Max(scene => Math.Abs(scene.PitchDegrees)), 11, 12);
        Assert.InRange(scenes.Max(scene => Math.Abs(scene.Tilt.Degrees)), 9, 10);
        Assert.InRange(scenes.Min(scene => scene.FaceHeightPixels), 70, 75);
        Assert.InRange(scenes.Max(scene => scene.FaceHeightPixels), 165, 170);
        Assert.Contains(scenes, scene => scene.LightDegrees < -60);
        Assert.Contains(scenes, scene => scene.LightDegrees > 60);
        Assert.Equal(5, scenes.Select(scene => scene.Backdrop).Distinct().Count());
    }
}
