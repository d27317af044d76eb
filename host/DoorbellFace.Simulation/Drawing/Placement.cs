namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Turns head units into the picture: the head is turned and raised about the top of the neck, then the whole person is tilted, scaled and
/// moved so that the middle of the face lands where the scene wants it. Pixels in x and y; z stays in proportion.
/// </summary>
internal sealed class Placement
{
    /// <summary>The body follows the head's turn by this part.</summary>
    private const float BodyFollows = 0.35f;

    private static readonly Point3 Pivot = new(0, 0.72f, -0.2f);

    private readonly Turn _head;
    private readonly Turn _body;
    private readonly float _scale;
    private readonly float _sinTilt;
    private readonly float _cosTilt;
    private readonly float _originX;
    private readonly float _originY;

    /// <param name="scene">Pose and place.</param>
    /// <param name="width">Frame width in pixels.</param>
    /// <param name="height">Frame height in pixels.</param>
    /// <param name="faceMiddle">The spot of the face, in head units, that lands on the scene's centre.</param>
    public Placement(DrawnScene scene, int width, int height, Point3 faceMiddle)
    {
        _head = new Turn(scene.YawDegrees, scene.PitchDegrees);
        _body = new Turn(scene.YawDegrees * BodyFollows, 0);
        _scale = scene.FaceHeightPixels / FaceProportions.FaceHeight;
        (_sinTilt, _cosTilt) = PortableMath.SinCosDegrees(scene.Tilt.Degrees);
        Point3 middle = Head(faceMiddle);
        _originX = (scene.CenterX * width) - middle.X;
        _originY = (scene.CenterY * height) - middle.Y;
    }

    /// <summary>Where a spot of the head appears.</summary>
    public Point3 Head(Point3 place) => ToPicture(_head.Apply(place - Pivot) + Pivot);

    /// <summary>Where a spot of neck or body appears.</summary>
    public Point3 Body(Point3 place) => ToPicture(_body.Apply(place - Pivot) + Pivot);

    /// <summary>A direction fixed to the head, as the viewer sees it.</summary>
    public Point3 HeadDirection(Point3 direction) => Tilted(_head.Apply(direction));

    /// <summary>A direction fixed to the body, as the viewer sees it.</summary>
    public Point3 BodyDirection(Point3 direction) => Tilted(_body.Apply(direction));

    private Point3 ToPicture(Point3 place)
    {
        Point3 tilted = Tilted(place) * _scale;
        return tilted with { X = tilted.X + _originX, Y = tilted.Y + _originY };
    }

    private Point3 Tilted(Point3 p) => new((p.X * _cosTilt) - (p.Y * _sinTilt), (p.X * _sinTilt) + (p.Y * _cosTilt), p.Z);

    private readonly struct Turn
    {
        private readonly float _sinYaw, _cosYaw, _sinPitch, _cosPitch;

        public Turn(float yawDegrees, float pitchDegrees)
        {
            (_sinYaw, _cosYaw) = PortableMath.SinCosDegrees(yawDegrees);
            (_sinPitch, _cosPitch) = PortableMath.SinCosDegrees(pitchDegrees);
        }

        public Point3 Apply(Point3 p)
        {
            float y = (p.Y * _cosPitch) - (p.Z * _sinPitch), z = (p.Y * _sinPitch) + (p.Z * _cosPitch);
            return new Point3((p.X * _cosYaw) + (z * _sinYaw), y, (z * _cosYaw) - (p.X * _sinYaw));
        }
    }
}
