using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>
/// Drawn people and fakes that know them: the finder knows where the drawn face is, and the embedding is the aligned face less the family's
/// mean face, as coarse as a stamp - enough to tell four drawn people apart, and made of the real pixels.
/// </summary>
internal sealed class DrawnGallery : IFaceFinder, IFaceVerifier, IFaceEmbedder
{
    private const int Edge = 24;

    private readonly List<(PixelBuffer Gray, FaceLandmarks Landmarks)> _known = [];
    private readonly float[] _mean = new float[Edge * Edge];

    public DrawnGallery()
    {
        foreach (FamilyMember member in DrawnFamily.All)
        {
            RenderedFace face = FaceRenderer.RenderFace(member.Person, new DrawnScene(), 320, 240);
            float[] patch = Patch(PixelConversion.ToGray8(face.Picture), LandmarksOf(face));
            for (int i = 0; i < patch.Length; i++) _mean[i] += patch[i] / DrawnFamily.All.Count;
        }
    }

    public ModelManifest Manifest { get; init;
        } = ModelManifest.Parse(File.ReadAllText(Path.Combine(Repository.Fixture("models/tiny"), "model.json"))) with
    {
        ModelSha256 = new string('d', 64),
        Thresholds = new MatchThresholds(0.3f, 0.02f),
    };

    /// <summary>What is before the camera now; null: look among the photos.</summary>
    public Func<FaceLandmarks?>? BeforeTheCamera { get; set; }

    public GalleryTools Tools => new(this, new EmbeddingReader(this, this), this, StrangerBank.Of(Manifest.ModelSha256, []));

    /// <summary>Draws a person and remembers where the face is.</summary>
    public RenderedFace Draw(FamilyMember member, DrawnScene scene)
    {
        RenderedFace face = FaceRenderer.RenderFace(member.Person, scene, 320, 240);
        _known.Add((PixelConversion.ToGray8(face.Picture), LandmarksOf(face)));
        return face;
    }

    public static FaceLandmarks LandmarksOf(RenderedFace face)
    {
        FacePoint left = Point(face.LeftEye), right = Point(face.RightEye), mouth = Point(face.Mouth);
        float x = (right.X - left.X) * 0.41f, y = (right.Y - left.Y) * 0.41f;
        return new FaceLandmarks(left, right, Point(face.NoseTip), new FacePoint(mouth.X - x, mouth.Y - y),
            new FacePoint(mouth.X + x, mouth.Y + y));
    }

    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        if (BeforeTheCamera is { } now) return now() is { } seen ? [Detection(seen)] : [];
        return [.. _known.Where(known => known.Gray.Width == gray.Width && known.Gray.Pixels.SequenceEqual(gray.Pixels)).Take(1)
            .Select(known => Detection(known.Landmarks))];
    }

    public IReadOnlyList<FaceVerification> Verify(PixelBuffer gray, IReadOnlyList<FaceDetection> candidates) =>
        throw new NotSupportedException("The finder knows the landmarks.");

    public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks)
    {
        float[] patch = Patch(gray, landmarks);
        for (int i = 0; i < patch.Length; i++) patch[i] -= _mean[i];
        return Embedding.Of(patch);
    }

    private static FaceDetection Detection(FaceLandmarks landmarks) => new(new PixelRect(100, 60, 120, 120), Rotation.None, 9, landmarks);

    private static FacePoint Point(PicturePoint point) => new(point.X, point.Y);

    /// <summary>The aligned face with mean 0 and length 1: light matters little.</summary>
    private static float[] Patch(PixelBuffer gray, FaceLandmarks landmarks)
    {
        PixelBuffer aligned = FaceAlignment.Align(gray, landmarks, Edge);
        float[] patch = [.. aligned.Pixels.ToArray().Select(value => (float)value)];
        float mean = patch.Average(), length = MathF.Sqrt(patch.Sum(value => (value - mean) * (value - mean)));
        return [.. patch.Select(value => (value - mean) / length)];
    }
}
