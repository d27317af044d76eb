using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Faces;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class EmbeddingReaderTests : IFaceVerifier
{
    private readonly MarkedFaces _faces = new();
    private FaceVerification _look;
    private int _looks;

    [Fact]
    public void What_a_close_look_takes_for_no_face_is_not_read()
    {
        Embedding anna = SamplePeople.Picture(0);
        PixelBuffer picture = _faces.Picture(anna);
        _look = new FaceVerification(0.49f, MarkedFaces.Face.Landmarks!.Value);
        FaceDetection found = MarkedFaces.Face with { Landmarks = null };

        Assert.Null(Reader.Read(picture, found));
        _look = _look with { FaceProbability = 0.5f };
        Assert.Same(anna, Reader.Read(picture, found)!.Vote.Embedding);
        Assert.Equal(2, _looks);
    }

    [Fact]
    public void Known_landmarks_are_taken_as_they_are()
    {
        Reader.Read(_faces.Picture(SamplePeople.Picture(0)), MarkedFaces.Face);

        Assert.Equal(0, _looks);
    }

    [Theory]
    [InlineData(120f, 0f, 128f, 1f, 1f)]
    [InlineData(40f, 0f, 128f, 0.05f, 0.8f)]
    [InlineData(120f, 9f, 128f, 0.05f, 0.8f)]
    [InlineData(120f, 0f, 27f, 0.05f, 0.2f)]
    public void A_face_counts_by_how_well_it_is_seen(float edge, float blur, float mean, float least, float most)
    {
        (PixelBuffer picture, FaceLandmarks landmarks) = PlainFace.Draw(edge, blur: blur, mean: mean, contrast: mean < 50 ? 15 : 50);
        var reader = new EmbeddingReader(this, new OneFace());

        Assert.InRange(reader.Read(picture, MarkedFaces.FaceWith(landmarks))!.Vote.Weight, least, most);
    }

    public IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates)
    {
        _looks++;
        return [.. candidates.Select(_ => _look)];
    }

    private EmbeddingReader Reader => new(this, _faces);

    private sealed class OneFace : IFaceEmbedder
    {
        public ModelManifest Manifest => SamplePeople.Manifest;

        public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks) => SamplePeople.Picture(0);
    }
}
