using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Enrols drawn people as real ones are enrolled: from a few photos of each, found, aligned and looked at by the real networks.
/// </summary>
internal static class DrawnEnrolment
{
    /// <summary>Photos of each person.</summary>
    public const int PhotosOfEach = 6;

    /// <summary>Apart from the seeds of every other drawing.</summary>
    private const int FirstSceneSeed = 50_000_000;

    private const int Width = 320, Height = 240;

    /// <summary>People who sit for their photos: near, and looking about as far to the sides as at a door.</summary>
    private static readonly SceneVariation Sitting = new()
    {
        YawDegrees = 15, PitchDegrees = 8, TiltDegrees = 8, SmallestFacePixels = 95, LargestFacePixels = 150,
    };

    /// <summary>A gallery of the given people.</summary>
    /// <param name="engine">Looks at the photos.</param>
    /// <param name="people">Who they are.</param>
    /// <param name="onPhoto">Called after each photo.</param>
    public static Gallery Enrol(FaceEngine engine, IReadOnlyList<FamilyMember> people, Action onPhoto)
    {
        PhotoFaces faces = engine.Photos;
        return new Gallery(engine.Embedder.Manifest.ModelSha256,
            [.. people.Select((member, index) => Enrol(faces, member, index, onPhoto))]);
    }

    private static EnrolledPerson Enrol(PhotoFaces faces, FamilyMember member, int index, Action onPhoto)
    {
        var samples = new List<FaceSample>();
        for (int photo = 0; photo < PhotosOfEach; photo++)
        {
            PixelBuffer picture =
                FaceRenderer.Render(member.Person, DrawnScene.Random(FirstSceneSeed + (index * PhotosOfEach) + photo, Sitting), Width,
                    Height);
            if (faces.Read(picture) is [var face, ..])
                samples.Add(new FaceSample(new SampleId(Guid.NewGuid()), face.Vote.Embedding!, face.Vote.Weight, SampleSource.Photo));
            onPhoto();
        }
        return new EnrolledPerson(new PersonId(Guid.NewGuid()), member.Name, samples, []);
    }
}
