using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Measuring;

/// <summary>A known face of a frame.</summary>
/// <param name="Center">In the frame.</param>
/// <param name="Width">In frame pixels.</param>
public readonly record struct KnownFace(FacePoint Center, float Width);

/// <summary>
/// Counts what a detector found against what there was. A box is right when its centre lies within 0.35 face widths of a face's.
/// </summary>
public sealed class DetectionScore
{
    /// <summary>How far off a right box may be, in face widths.</summary>
    public const float Tolerance = 0.35f;

    private readonly SortedDictionary<int, (int Found, int Faces)> _byAngle = [];
    private readonly List<double> _facelessMilliseconds = [], _faceMilliseconds = [], _uprightMilliseconds = [];
    private int _wrongBoxes, _falseBoxes;

    /// <summary>Frames with a face.</summary>
    public int Frames => _faceMilliseconds.Count;

    /// <summary>Faces in them that must be found.</summary>
    public int Faces => _byAngle.Values.Sum(angle => angle.Faces);

    /// <summary>Frames without a face.</summary>
    public int FacelessFrames => _facelessMilliseconds.Count;

    /// <summary>Of the faces that must be found, those that were.</summary>
    public Rate Recall => Rate.OfSuccesses(_byAngle.Values.Sum(angle => angle.Found), Faces);

    /// <summary>The same for each angle, its sign left out.</summary>
    public IReadOnlyDictionary<int, Rate> RecallByAngle =>
        _byAngle.ToDictionary(angle => angle.Key, angle => Rate.OfSuccesses(angle.Value.Found, angle.Value.Faces));

    /// <summary>Boxes at no face, for each frame with a face.</summary>
    public Rate WrongBoxes => Rate.OfEvents(_wrongBoxes, Frames);

    /// <summary>Boxes for each frame without a face.</summary>
    public Rate FalseBoxes => Rate.OfEvents(_falseBoxes, FacelessFrames);

    /// <summary>Median time of all frames, in milliseconds.</summary>
    public double MedianMilliseconds => Median([.. _faceMilliseconds, .. _facelessMilliseconds]);

    /// <summary>Median time of the frames whose photo was not turned, in milliseconds.</summary>
    public double MedianUprightMilliseconds => Median(_uprightMilliseconds);

    /// <summary>Median time of the frames without a face, where no search can end early, in milliseconds.</summary>
    public double MedianFacelessMilliseconds => Median(_facelessMilliseconds);

    /// <summary>Adds a frame with faces.</summary>
    /// <param name="angleDegrees">By how much it was turned, without its sign.</param>
    /// <param name="known">All known faces, those that must be found first.</param>
    /// <param name="found">What the detector says.</param>
    /// <param name="took">Its time.</param>
    /// <param name="mustBeFound">How many must be found, 1 or more.</param>
    public void AddFrame(int angleDegrees, IReadOnlyList<KnownFace> known, IReadOnlyList<FaceDetection> found, TimeSpan took,
        int mustBeFound = 1)
    {
        (int before, int faces) = _byAngle.GetValueOrDefault(angleDegrees);
        int seen = known.Take(mustBeFound).Count(place => found.Any(face => IsAt(place, face.Box)));
        _byAngle[angleDegrees] = (before + seen, faces + mustBeFound);
        _wrongBoxes += found.Count(face => !known.Any(place => IsAt(place, face.Box)));
        _faceMilliseconds.Add(took.TotalMilliseconds);
        if (angleDegrees == 0) _uprightMilliseconds.Add(took.TotalMilliseconds);
    }

    /// <summary>Adds a frame without any face.</summary>
    public void AddFacelessFrame(IReadOnlyList<FaceDetection> found, TimeSpan took)
    {
        _falseBoxes += found.Count;
        _facelessMilliseconds.Add(took.TotalMilliseconds);
    }

    private static bool IsAt(KnownFace known, PixelRect box) =>
        known.Center.DistanceTo(FaceGeometry.CenterOf(box)) <= Tolerance * known.Width;

    private static double Median(List<double> values)
    {
        if (values.Count == 0) return 0;
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
