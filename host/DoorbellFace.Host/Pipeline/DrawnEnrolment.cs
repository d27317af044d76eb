using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Enrols drawn people as real ones are enrolled: from a few photos of each, found, aligned and looked at by the real networks. Drawn
/// people are more alike than real ones, so the strangers they are told apart from are drawn as well: beside the real strangers of the
/// model half of all drawn strangers were "perhaps" one of the family, and a quarter was named (docs/results/field.md).
/// </summary>
internal static class DrawnEnrolment
{
    private const int PhotosOfEach = 6, Strangers = 100;

    /// <summary>Apart from the seeds of every other drawing.</summary>
    private const int FirstSceneSeed = 50_000_000, FirstStrangersSceneSeed = 60_000_000;

    private const int Width = 320, Height = 240;

    /// <summary>People who sit for their photos: near, and looking about as far to the sides as at a door.</summary>
    private static readonly SceneVariation Sitting = new()
    {
        YawDegrees = 15, PitchDegrees = 8, TiltDegrees = 8, SmallestFacePixels = 95, LargestFacePixels = 150,
    };

    /// <summary>
    /// These strangers are drawn as the visitors are, and say more exactly than the model's how alike a stranger comes; so the thresholds
    /// lie nearer to them. Chosen with the demo's seeds 1 to 10; what others gave stands in docs/results/field.md.
    /// </summary>
    private static readonly ThresholdOptions Thresholds = new() { AcceptDeviations = 2.5f, RejectDeviations = 2.4f };

    /// <summary>How many photos are drawn and looked at.</summary>
    public static int PhotosOf(IReadOnlyList<FamilyMember> people) => (people.Count * PhotosOfEach) + Strangers;

    /// <summary>The given people, ready to be recognised among drawn strangers.</summary>
    /// <param name="engine">Looks at the photos.</param>
    /// <param name="people">Who they are.</param>
    /// <param name="onPhoto">Called after each photo.</param>
    public static Household HouseholdOf(FaceEngine engine, IReadOnlyList<FamilyMember> people, Action onPhoto)
    {
        PhotoFaces faces = engine.Photos;
        var gallery = new Gallery(engine.Embedder.Manifest.ModelSha256,
            [.. people.Select((member, index) => Enrol(faces, member, index, onPhoto))]);
        var strangers = new List<Embedding>();
        for (int stranger = 0; stranger < Strangers; stranger++)
        {
            DrawnScene scene = DrawnScene.Random(FirstStrangersSceneSeed + stranger, SceneVariation.Visiting);
            if (Look(faces, DrawnStrangers.ForMeasuring(stranger), scene, onPhoto) is { } face) strangers.Add(face.Vote.Embedding!);
        }
        return new Household(
            gallery, StrangerBank.Of(gallery.ModelSha256, strangers), engine.Embedder.Manifest, Thresholds);
    }

    private static EnrolledPerson Enrol(PhotoFaces faces, FamilyMember member, int index, Action onPhoto)
    {
        var samples = new List<FaceSample>();
        for (int photo = 0; photo < PhotosOfEach; photo++)
        {
            DrawnScene scene = DrawnScene.Random(FirstSceneSeed + (index * PhotosOfEach) + photo, Sitting);
            if (Look(faces, member.Person, scene, onPhoto) is { } face)
                samples.Add(new FaceSample(new SampleId(Guid.NewGuid()), face.Vote.Embedding!, face.Vote.Weight, SampleSource.Photo));
        }
        return new EnrolledPerson(new PersonId(Guid.NewGuid()), member.Name, samples, []);
    }

    private static RecognizedFace? Look(PhotoFaces faces, DrawnPerson person, DrawnScene scene, Action onPhoto)
    {
        IReadOnlyList<RecognizedFace> found = faces.Read(FaceRenderer.Render(person, scene, Width, Height));
        onPhoto();
        return found is [var face, ..] ? face : null;
    }
}
