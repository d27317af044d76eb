using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Faces;

namespace DoorbellFace.Core.Tests.Recognition;

/// <summary>Pictures whose embedding a test decides: the pixel at the tip of the nose is its number.</summary>
internal sealed class MarkedFaces : IFaceEmbedder
{
    private static readonly (PixelBuffer Picture, FaceLandmarks Landmarks) Plain = PlainFace.Draw();

    private readonly List<Embedding> _embeddings = [];

    public ModelManifest Manifest { get; init; } = SamplePeople.Manifest;

    /// <summary>Faces embedded so far.</summary>
    public int Calls { get; private set; }

    /// <summary>A good picture of which the model makes that.</summary>
    public PixelBuffer Picture(Embedding embedding)
    {
        _embeddings.Add(embedding);
        return Marked(Plain.Picture, Plain.Landmarks, (byte)(_embeddings.Count - 1));
    }

    /// <summary>The face in such a picture.</summary>
    public static FaceDetection Face { get; } = FaceWith(Plain.Landmarks);

    public static FaceDetection FaceWith(FaceLandmarks landmarks) => new(new PixelRect(100, 60, 120, 120), Rotation.None, 9, landmarks);

    public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks)
    {
        Calls++;
        return _embeddings[gray.Row((int)landmarks.NoseTip.Y)[(int)landmarks.NoseTip.X]];
    }

    private static PixelBuffer Marked(PixelBuffer picture, FaceLandmarks landmarks, byte mark)
    {
        byte[] pixels = picture.Pixels.ToArray();
        pixels[((int)landmarks.NoseTip.Y * picture.Width) + (int)landmarks.NoseTip.X] = mark;
        return new PixelBuffer(picture.Width, picture.Height, PixelFormat.Gray8, pixels);
    }
}

/// <summary>A gallery in memory.</summary>
internal sealed class MemoryGallery(params StoredPerson[] people) : IGalleryStore
{
    private readonly Dictionary<string, Dictionary<SampleId, Embedding>> _embeddings = [];

    public IReadOnlyList<StoredPerson> Read(string modelSha256) =>
        [.. people.Select(person =>
            person with { Samples = [.. person.Samples.Select(sample =>
                sample with { Embedding = _embeddings.GetValueOrDefault(modelSha256)?.GetValueOrDefault(sample.Id) })] })];

    public IReadOnlyList<PersonOutline> ReadOutlines(string? modelSha256 = null) => throw new NotSupportedException("Nobody is listed.");

    public StoredSample? FindSample(SampleId id) => throw new NotSupportedException("No picture is looked at.");

    public void Apply(GalleryChange change) => throw new NotSupportedException("Nothing in these tests changes it.");

    public bool IsThere => true;

    public long DataVersion => 1;

    public IReadOnlyDictionary<PersonId, PersonId> Merged() => new Dictionary<PersonId, PersonId>();

    public void Dispose()
    {
    }

    public bool TryKeepEmbeddings(string modelSha256, IReadOnlyDictionary<SampleId, Embedding> bySample)
    {
        _embeddings[modelSha256] = new(bySample);
        return true;
    }
}
