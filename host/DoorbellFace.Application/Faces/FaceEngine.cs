using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Faces;

/// <summary>What a <see cref="FaceEngine"/> is put together from.</summary>
/// <param name="Finder">Finds faces at every angle.</param>
/// <param name="Generous">Finds even what is hardly believed to be a face, for photos that somebody hands over; null where there is
/// none.</param>
/// <param name="Verifier">Finds the landmarks of a face.</param>
/// <param name="MinFaceProbability">From this probability on, 0 to 1, the verifier is believed.</param>
/// <param name="Embedder">The backbone.</param>
/// <param name="Strangers">Strangers, as the backbone sees them.</param>
/// <param name="Owned">Disposed of with the engine, the last first.</param>
public sealed record FaceEngineParts(
    IFaceFinder Finder, IFaceFinder? Generous, IFaceVerifier Verifier, float MinFaceProbability, IFaceEmbedder Embedder,
        StrangerBank Strangers, IReadOnlyList<IDisposable> Owned);

/// <summary>
/// Everything that turns a picture into embeddings: detector, landmark network, backbone, and the strangers that belong to the backbone.
/// Whoever creates it disposes it. Not thread-safe: one worker owns it.
/// </summary>
/// <param name="parts">What it is made of.</param>
public sealed class FaceEngine(FaceEngineParts parts) : IDisposable
{
    /// <summary>Finds faces at every angle.</summary>
    public IFaceFinder Finder => parts.Finder;

    /// <summary>Finds even what is hardly believed to be a face; null where there is no such finder.</summary>
    public IFaceFinder? Generous => parts.Generous;

    /// <summary>Looks at a face: landmarks and embedding.</summary>
    public EmbeddingReader Reader { get; } =
        new(parts.Verifier, parts.Embedder, new EmbeddingReaderOptions { MinFaceProbability = parts.MinFaceProbability });

    /// <summary>Looks at a face for its landmarks alone.</summary>
    public LandmarkReader Landmarks { get; } =
        new(parts.Verifier, new EmbeddingReaderOptions { MinFaceProbability = parts.MinFaceProbability });

    /// <summary>Faces of photos that people hand over, with their embeddings.</summary>
    public PhotoFaces Photos => new(Finder, Reader, parts.Generous);

    /// <summary>The backbone.</summary>
    public IFaceEmbedder Embedder => parts.Embedder;

    /// <summary>Strangers, as the backbone sees them.</summary>
    public StrangerBank Strangers => parts.Strangers;

    /// <summary>Runs every network once, so that the first visitor does not wait for what is only set up on first use.</summary>
    public void WarmUp()
    {
        Finder.Detect(new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));
        var blank = new PixelBuffer(64, 64, PixelFormat.Gray8, new byte[64 * 64]);
        FaceLandmarks face = FaceAlignment.Landmarks(64);
        parts.Verifier.Verify(blank, [FaceGeometry.FromLandmarks(face, 1)]);
        // A blank picture's embedding may have no direction; one with something on it always has.
        var pixels = new byte[64 * 64];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)i;
        Embedder.Embed(new PixelBuffer(64, 64, PixelFormat.Gray8, pixels), face);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in parts.Owned.Reverse()) part.Dispose();
    }
}
