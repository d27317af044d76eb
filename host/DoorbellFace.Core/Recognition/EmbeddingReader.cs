using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>Finds the landmarks of a face, aligns it by them and asks the backbone for its embedding.</summary>
/// <param name="verifier">Says whether it is a face, and where its landmarks are.</param>
/// <param name="embedder">The backbone.</param>
/// <param name="options">When to believe the verifier.</param>
public sealed class EmbeddingReader(IFaceVerifier verifier, IFaceEmbedder embedder, EmbeddingReaderOptions? options = null) : IFaceReader
{
    private readonly LandmarkReader _landmarks = new(verifier, options);

    /// <inheritdoc/>
    public RecognizedFace? Read(PixelBuffer picture, FaceDetection face)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        if (_landmarks.Read(gray, face) is not { } seen) return null;
        (Embedding embedding, FaceScores? scores) = embedder.EmbedAndClassify(gray, seen.Detection.Landmarks!.Value);
        return seen with { Vote = seen.Vote with { Embedding = embedding, Scores = scores } };
    }
}

/// <summary>When a face is looked at.</summary>
public sealed record EmbeddingReaderOptions
{
    /// <summary>Below this probability a candidate is no face: 0.5 by default.</summary>
    public float MinFaceProbability { get; init; } = 0.5f;
}
