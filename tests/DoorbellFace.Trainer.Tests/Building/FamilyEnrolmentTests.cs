using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.People;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Trainer.Building;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Trainer.Tests.Building;

/// <summary>
/// The people of a model's photos, enrolled with the networks that come with the program. Photos of drawn people, which it finds as it
/// finds real ones.
/// </summary>
public sealed class FamilyEnrolmentTests : IDisposable
{
    private readonly DrawnFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Everybody_of_the_photos_is_enrolled_under_the_name_that_is_spoken()
    {
        AddPhotos("family/Anna_Maria", DrawnFamily.All[0], 4);
        AddPhotos("family/Ben", DrawnFamily.All[1], 4);
        Directory.CreateDirectory(_folder.In("family/Nobody"));
        var family = new FamilyEnrolment(_folder.In("family"));
        int photos = 0;

        IReadOnlyList<FamilyMemberEnrolled> enrolled =
            family.Run(_folder.In("data"), modelFolder: null, () => photos++, CancellationToken.None);

        Assert.Equal(["Anna Maria", "Ben"], family.Names);
        Assert.Equal((8, 8), (family.Photos, photos));
        Assert.All(enrolled, person => Assert.Null(person.Problem));
        using IGalleryStore store = new SqlitePeopleStorage(_folder.In("data"), NullLogger.Instance).Open();
        IReadOnlyList<StoredPerson> kept = store.Read(modelSha256: "");
        Assert.Equal(["Anna Maria", "Ben"], kept.Select(person => person.Name).Order());
        Assert.Equal(enrolled.Sum(person => person.Added), kept.Sum(person => person.Positives.Count()));
    }

    /// <summary>One person's photos lie in another's folder: the first stays as they are, and is named as the one in doubt.</summary>
    [Fact]
    public void A_person_whose_photos_raise_a_doubt_is_left_out_and_the_others_are_not()
    {
        AddPhotos("first/Anna", DrawnFamily.All[0], 4);
        AddPhotos("first/Ben", DrawnFamily.All[1], 4);
        new FamilyEnrolment(_folder.In("first")).Run(_folder.In("data"), null, () => { }, CancellationToken.None);
        AddPhotos("second/Anna", DrawnFamily.All[1], 4, firstScene: 100);
        AddPhotos("second/Ben", DrawnFamily.All[1], 2, firstScene: 200);

        IReadOnlyList<FamilyMemberEnrolled> enrolled =
            new FamilyEnrolment(_folder.In("second")).Run(_folder.In("data"), null, () => { }, CancellationToken.None);

        Assert.Contains("Is this really Anna?", enrolled.Single(person => person.Name == "Anna").Problem, StringComparison.Ordinal);
        Assert.Null(enrolled.Single(person => person.Name == "Ben").Problem);
    }

    /// <summary>Photos for which somebody sits: near, and looking about a little.</summary>
    private void AddPhotos(string folder, FamilyMember member, int count, int firstScene = 0)
    {
        Directory.CreateDirectory(_folder.In(folder));
        var sitting = new SceneVariation
        {
            YawDegrees = 15, PitchDegrees = 8, TiltDegrees = 8, SmallestFacePixels = 95, LargestFacePixels = 150,
        };
        for (int i = 0; i < count; i++)
            PictureFile.Write(Path.Combine(_folder.In(folder), $"{i}.png"),
                FaceRenderer.Render(member.Person, DrawnScene.Random(50_000_000 + firstScene + i, sitting), 320, 240));
    }
}
