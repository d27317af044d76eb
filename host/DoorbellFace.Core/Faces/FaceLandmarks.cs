using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>A place on a picture in pixels; the centre of the top left pixel is (0.5, 0.5).</summary>
/// <param name="X">To the right.</param>
/// <param name="Y">Down.</param>
public readonly record struct FacePoint(float X, float Y)
{
    /// <summary>Straight distance to another place, in pixels.</summary>
    public float DistanceTo(FacePoint other) => MathF.Sqrt(((other.X - X) * (other.X - X)) + ((other.Y - Y) * (other.Y - Y)));
}

/// <summary>
/// The five landmarks of a face, in frame coordinates. Left and right as seen on the picture, as everywhere in this field.
/// </summary>
/// <param name="LeftEye">Centre of the eye on the picture's left.</param>
/// <param name="RightEye">Centre of the eye on the picture's right.</param>
/// <param name="NoseTip">Tip of the nose.</param>
/// <param name="LeftMouthCorner">Corner of the mouth on the picture's left.</param>
/// <param name="RightMouthCorner">Corner of the mouth on the picture's right.</param>
public readonly record struct FaceLandmarks(FacePoint LeftEye, FacePoint RightEye, FacePoint NoseTip, FacePoint LeftMouthCorner,
    FacePoint RightMouthCorner)
{
    /// <summary>How many points there are.</summary>
    public const int Count = 5;

    /// <summary>Distance between the eyes, in pixels: the measure of how many pixels a face really has.</summary>
    public float EyeDistance => LeftEye.DistanceTo(RightEye);

    /// <summary>The points in the order of the constructor.</summary>
    public IReadOnlyList<FacePoint> Points => [LeftEye, RightEye, NoseTip, LeftMouthCorner, RightMouthCorner];

    /// <summary>From five points in the order of the constructor.</summary>
    /// <exception cref="ArgumentException">There are not five.</exception>
    public static FaceLandmarks FromPoints(IReadOnlyList<FacePoint> points) => points.Count == Count
        ? new FaceLandmarks(points[0], points[1], points[2], points[3], points[4])
        : throw new ArgumentException($"A face has {Count} landmarks; there are {points.Count}.", nameof(points));

    /// <summary>The same landmarks after a change of coordinates.</summary>
    public FaceLandmarks Map(AffineTransform map) => Map(point =>
    {
        (float x, float y) = map.Apply(point.X, point.Y);
        return new FacePoint(x, y);
    });

    /// <inheritdoc cref="Map(AffineTransform)"/>
    public FaceLandmarks Map(Func<FacePoint, FacePoint> map) =>
        new(map(LeftEye), map(RightEye), map(NoseTip), map(LeftMouthCorner), map(RightMouthCorner));
}
