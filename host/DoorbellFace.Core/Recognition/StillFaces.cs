using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Recognition;

/// <summary>A face that stayed in one place.</summary>
/// <param name="Place">Where, in the mean of all frames.</param>
/// <param name="Spread">How far from there it was seen at most, in edges of its box.</param>
public sealed record StillFace(WallPicture Place, float Spread);

/// <summary>Finds the faces that stay in one place over some frames. Not thread-safe.</summary>
public sealed class StillFaces
{
    /// <summary>Of so many frames a face may be missing in one: the detector overlooks one now and then.</summary>
    private const int FramesPerMiss = 4;

    private readonly List<List<(WallPicture Place, float Weight)>> _faces = [];

    /// <summary>Frames so far.</summary>
    public int Frames { get; private set; }

    /// <summary>Takes the faces of one more frame.</summary>
    /// <param name="faces">Those without an embedding are passed over.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="at">When it came.</param>
    public void Look(IReadOnlyList<RecognizedFace> faces, PixelBuffer frame, DateTimeOffset at)
    {
        Frames++;
        foreach (RecognizedFace face in faces)
        {
            if (face.Vote.Embedding is null) continue;
            var place = WallPicture.Of(face, frame.Width, at);
            if (_faces.FirstOrDefault(seen => seen[0].Place.Is(place)) is { } known) known.Add((place, face.Vote.Weight));
            else if (Frames <= 1 + (Frames / FramesPerMiss)) _faces.Add([(place, face.Vote.Weight)]);
        }
    }

    /// <summary>The faces that were there all the time, in one place.</summary>
    public IReadOnlyList<StillFace> Found() =>
        [.. _faces.Where(seen => seen.Count >= Frames - (Frames / FramesPerMiss)).Select(Mean)];

    private static StillFace Mean(List<(WallPicture Place, float Weight)> seen)
    {
        var mean = new WallPicture(seen.Average(one => one.Place.X), seen.Average(one => one.Place.Y), seen.Average(one => one.Place.Edge),
            Embedding.Mean(seen.Select(one => (one.Place.Embedding, one.Weight))), seen[0].Place.LearntAt);
        return new StillFace(mean, seen.Max(one => MathF.Sqrt(MathF.Pow(one.Place.X - mean.X, 2) + MathF.Pow(one.Place.Y - mean.Y, 2)))
            / mean.Edge);
    }
}
