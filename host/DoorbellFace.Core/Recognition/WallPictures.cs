using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>A face that hangs on a wall in the camera's view: a photo, a poster. Its place is told in widths of the picture.</summary>
/// <param name="X">The middle of the face's box, from the picture's left edge.</param>
/// <param name="Y">The same from the top.</param>
/// <param name="Edge">The box's edge.</param>
/// <param name="Embedding">The face.</param>
/// <param name="LearntAt">When somebody said that it hangs there.</param>
public sealed record WallPicture(float X, float Y, float Edge, Embedding Embedding, DateTimeOffset LearntAt)
{
    /// <summary>
    /// From this intersection over union on a box is in the same place: the camera is screwed on, and a box trembles by a few pixels.
    /// </summary>
    private const float SamePlace = 0.5f;

    /// <summary>From this cosine on it is the same face; a visitor who stands before the picture is not.</summary>
    private const float SameFace = 0.45f;

    /// <summary>Where a face is, as one that hangs there.</summary>
    /// <param name="face">With an embedding.</param>
    /// <param name="width">Columns of its frame.</param>
    /// <param name="at">When it was seen.</param>
    public static WallPicture Of(RecognizedFace face, int width, DateTimeOffset at) => new(face.Detection.Box.CenterX / width,
        face.Detection.Box.CenterY / width, (float)face.Detection.Box.Width / width, face.Vote.Embedding!, at);

    /// <summary>Whether a box of a frame with so many columns lies where this face hangs.</summary>
    public bool IsAt(PixelRect box, int width) =>
        SharedWith(box.CenterX / width, box.CenterY / width, (float)box.Width / width) >= SamePlace;

    /// <summary>Whether a face is this one, where it hangs.</summary>
    public bool Is(RecognizedFace face, int width) => face.Vote.Embedding is not null && Is(Of(face, width, LearntAt));

    /// <summary>Whether both are one face in one place.</summary>
    public bool Is(WallPicture other) => SharedWith(other) >= SamePlace
        && Embedding.Length == other.Embedding.Length && Embedding.Similarity(other.Embedding) >= SameFace;

    /// <summary>Intersection over union of two places.</summary>
    internal float SharedWith(WallPicture other) => SharedWith(other.X, other.Y, other.Edge);

    private float SharedWith(float x, float y, float edge)
    {
        float Overlap(float one, float other) => Math.Max(0,
            Math.Min(one + (Edge / 2), other + (edge / 2)) - Math.Max(one - (Edge / 2), other - (edge / 2)));
        float shared = Overlap(X, x) * Overlap(Y, y);
        return shared / ((Edge * Edge) + (edge * edge) - shared);
    }
}

/// <summary>The faces that hang on the wall, which are nobody's. Immutable.</summary>
/// <param name="Pictures">In the order in which they were learnt.</param>
public sealed record WallPictures(IReadOnlyList<WallPicture> Pictures)
{
    /// <summary>None.</summary>
    public static WallPictures None { get; } = new([]);

    /// <summary>The faces of a frame but for those that hang there.</summary>
    /// <param name="faces">All of them.</param>
    /// <param name="width">The frame's columns.</param>
    public IReadOnlyList<RecognizedFace> Overlook(IReadOnlyList<RecognizedFace> faces, int width) =>
        Pictures.Count == 0 || faces.Count == 0
            ? faces
            : [.. faces.Where(face => !Pictures.Any(picture => picture.Is(face, width)))];

    /// <summary>Of several faces those that are where none hangs; where only the place is known, a single face is a visitor's.</summary>
    public IReadOnlyList<FaceDetection> Overlook(IReadOnlyList<FaceDetection> faces, int width) =>
        Pictures.Count == 0 || faces.Count < 2
            ? faces
            : [.. faces.Where(face => !Pictures.Any(picture => picture.IsAt(face.Box, width)))];
}
