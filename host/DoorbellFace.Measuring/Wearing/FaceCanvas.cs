using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>
/// A photo that is painted on, in the coordinates of its face (<see cref="HeadPoint"/>): these follow how the head is tilted, turned and
/// nods, so far as five landmarks tell it, and how light falls on the face.
/// </summary>
internal sealed class FaceCanvas
{
    /// <summary>How far the tip of a nose stands out, in distances between the eyes, and how low it sits when no head nods.</summary>
    private const float NoseDepth = 0.45f, NoseV = 0.58f;

    /// <summary>Tangents of the widest turn and nod that are followed: beyond, five landmarks say little.</summary>
    private const float WidestTurn = 1.6f, WidestNod = 0.25f;

    /// <summary>Eyes in profile lie on one line: they count as at least this far apart, in distances from eyes to mouth.</summary>
    private const float LeastEyeDistance = 0.4f;

    /// <summary>Luma of a light skin, and of what is white, in good light.</summary>
    private const float LightSkin = 175, White = 235;

    /// <summary>How much the skin says of the light on a face, 0 to 1; the rest the photo: skin may be dark, or the light.</summary>
    private const float SkinSays = 0.7f;

    /// <summary>Below this difference of its channels a face is in shades of gray.</summary>
    private const float GrayBelow = 8;

    private readonly byte[] _pixels;
    private readonly int _width, _height;
    private readonly AffineTransform _toPhoto, _toFace;
    private readonly float _turn, _nod, _light, _lean;
    private readonly bool _isGray;

    /// <summary>Takes a copy of the photo.</summary>
    public FaceCanvas(PixelBuffer photo, FaceLandmarks landmarks)
    {
        (_pixels, _width, _height) = (photo.Pixels.ToArray(), photo.Width, photo.Height);
        FacePoint left = landmarks.LeftEye, right = landmarks.RightEye;
        float x = (left.X + right.X) / 2, y = (left.Y + right.Y) / 2;
        float downX = ((landmarks.LeftMouthCorner.X + landmarks.RightMouthCorner.X) / 2) - x,
            downY = ((landmarks.LeftMouthCorner.Y + landmarks.RightMouthCorner.Y) / 2) - y;
        (float acrossX, float acrossY) = Across(right.X - left.X, right.Y - left.Y, downX, downY);
        _toPhoto = new AffineTransform(acrossX, downX, x, acrossY, downY, y);
        _toFace = _toPhoto.Inverse();
        (float noseU, float noseV) = _toFace.Apply(landmarks.NoseTip.X, landmarks.NoseTip.Y);
        _turn = Math.Clamp(noseU / NoseDepth, -WidestTurn, WidestTurn);
        _nod = Math.Clamp((noseV - NoseV) / NoseDepth, -WidestNod, WidestNod);
        Unit = MathF.Sqrt(MathF.Abs((_toPhoto.A * _toPhoto.D) - (_toPhoto.B * _toPhoto.C)));
        PaintColour onLeft = Around(-0.5f, 0.45f), onRight = Around(0.5f, 0.45f), skin = onLeft.To(onRight, 0.5f);
        _lean = Math.Clamp((onRight.Luma - onLeft.Luma) / MathF.Max(onRight.Luma + onLeft.Luma, 1), -0.35f, 0.35f);
        _light = Math.Clamp((SkinSays * skin.Luma / LightSkin) + ((1 - SkinSays) * Brightest() / White), 0.15f, 1.1f);
        _isGray = MathF.Abs(skin.Red - skin.Blue) + MathF.Abs(skin.Red - skin.Green) < GrayBelow;
    }

    /// <summary>How many pixels a distance between the eyes has, and one from eyes to mouth: their geometric mean.</summary>
    public float Unit { get; }

    /// <summary>The tangent of the angle by which the head is turned, above 0 to the picture's right.</summary>
    public float Turn => _turn;

    /// <summary>How the light leans: above 0 the picture's right side of the face is the lighter one.</summary>
    public float Lean => _lean;

    /// <summary>Where a place of the head lies in the photo.</summary>
    public FacePoint At(HeadPoint place)
    {
        (float x, float y) = _toPhoto.Apply(place.U + (_turn * place.Depth), place.V + (_nod * place.Depth));
        return new FacePoint(x, y);
    }

    /// <summary>An outline through places of the head.</summary>
    public FaceOutline Outline(IEnumerable<HeadPoint> places) => new([.. places.Select(At)]);

    /// <summary>A line through places of the head.</summary>
    public FaceOutline Line(IEnumerable<HeadPoint> places) => new([.. places.Select(At)], isClosed: false);

    /// <summary>Light at a place: 1 where something white is white.</summary>
    public float LightAt(float u) => _light * (1 + (2 * _lean * Math.Clamp(u, -0.9f, 0.9f)));

    /// <summary>Paints the inside of an outline, its edge smoothed.</summary>
    /// <param name="outline">The outline.</param>
    /// <param name="depth">How far the surface stands out where it faces the viewer; its sides go back from there.</param>
    /// <param name="paint">
    /// From the place on the head and how deep inside (both in units of the head) to colour and opacity, 0 to 1.
    /// </param>
    public void Fill(FaceOutline outline, float depth, Func<float, float, float, (PaintColour Colour, float Opacity)> paint) =>
        Visit(outline, 1, (index, x, y, distance) =>
        {
            float covered = Math.Clamp(0.5f - distance, 0, 1);
            if (covered == 0) return;
            (float u, float v) = OnHead(x, y, depth);
            (PaintColour colour, float opacity) = paint(u, v, MathF.Max(0, -distance) / Unit);
            Blend(index, colour, covered * opacity);
        });

    /// <summary>Paints a line of a width in units of the head.</summary>
    public void Stroke(FaceOutline line, float width, PaintColour colour, float opacity = 1)
    {
        float half = MathF.Max(width * Unit / 2, 0.35f);
        Visit(line, half + 1, (index, _, _, distance) =>
        {
            float covered = Math.Clamp(half + 0.5f - MathF.Abs(distance), 0, 1);
            if (covered > 0) Blend(index, colour, covered * opacity);
        });
    }

    /// <summary>Darkens what lies inside an outline, softly at its edge.</summary>
    /// <param name="outline">The outline.</param>
    /// <param name="softness">How far the edge runs to both sides, in units of the head.</param>
    /// <param name="left">What is left of the light inside, 0 to 1.</param>
    public void Darken(FaceOutline outline, float softness, float left) => Visit(outline, softness * Unit, (index, _, _, distance) =>
    {
        float part = Smooth(softness, -softness, distance / Unit);
        if (part <= 0) return;
        float factor = 1 - (part * (1 - left));
        for (int channel = 0; channel < 3; channel++) _pixels[index + channel] = (byte)(_pixels[index + channel] * factor);
    });

    /// <summary>The picture as it is now.</summary>
    public PixelBuffer ToPicture() => new(_width, _height, PixelFormat.Rgb24, _pixels.ToArray());

    /// <summary>1 on a line, falling to 0 beside it.</summary>
    public static float OnLine(float distance, float width) => MathF.Exp(-distance * distance / (2 * width * width));

    /// <summary>0 up to one end, 1 from the other on, and smooth between them; the ends may stand either way round.</summary>
    public static float Smooth(float from, float to, float value)
    {
        float t = Math.Clamp((value - from) / (to - from), 0, 1);
        return t * t * (3 - (2 * t));
    }

    /// <summary>
    /// The place of the head that a pixel shows, on a surface that stands out by a depth in the middle and recedes towards the sides.
    /// </summary>
    private (float U, float V) OnHead(float x, float y, float depth)
    {
        (float u, float v) = _toFace.Apply(x, y);
        float here = depth - (0.7f * u * u);
        return (u - (_turn * here), v - (_nod * here));
    }

    /// <summary>From eye to eye, at least so long, and not along the line from eyes to mouth.</summary>
    private static (float X, float Y) Across(float x, float y, float downX, float downY)
    {
        float down = MathF.Max(MathF.Sqrt((downX * downX) + (downY * downY)), 1e-3f), sideX = downY / down, sideY = -downX / down;
        float side = (x * sideX) + (y * sideY), least = LeastEyeDistance * down;
        return side >= least ? (x, y) : (x + ((least - side) * sideX), y + ((least - side) * sideY));
    }

    private void Visit(FaceOutline outline, float margin, Action<int, float, float, float> onPixel)
    {
        int left = Math.Max(0, (int)(outline.Left - margin - 1)), right = Math.Min(_width - 1, (int)(outline.Right + margin + 1));
        int top = Math.Max(0, (int)(outline.Top - margin - 1)), bottom = Math.Min(_height - 1, (int)(outline.Bottom + margin + 1));
        for (int row = top; row <= bottom; row++)
        {
            for (int column = left; column <= right; column++)
            {
                float x = column + 0.5f, y = row + 0.5f;
                onPixel(3 * ((row * _width) + column), x, y, outline.DistanceTo(x, y));
            }
        }
    }

    private void Blend(int index, PaintColour colour, float opacity)
    {
        if (_isGray) colour = PaintColour.Gray(colour.Luma);
        Span<byte> pixel = _pixels.AsSpan(index, 3);
        pixel[0] = ToByte(pixel[0] + (opacity * (Math.Clamp(colour.Red, 0, 255) - pixel[0])));
        pixel[1] = ToByte(pixel[1] + (opacity * (Math.Clamp(colour.Green, 0, 255) - pixel[1])));
        pixel[2] = ToByte(pixel[2] + (opacity * (Math.Clamp(colour.Blue, 0, 255) - pixel[2])));
    }

    /// <summary>The mean colour of a patch of the face, a quarter of an eye distance wide.</summary>
    private PaintColour Around(float u, float v)
    {
        const int steps = 8;
        float red = 0, green = 0, blue = 0;
        for (int i = 0; i < steps * steps; i++)
        {
            float du = (((i % steps) + 0.5f) / steps) - 0.5f, dv = (((i / steps) + 0.5f) / steps) - 0.5f;
            (float x, float y) = _toPhoto.Apply(u + (0.25f * du), v + (0.25f * dv));
            int index = 3 * ((Math.Clamp((int)y, 0, _height - 1) * _width) + Math.Clamp((int)x, 0, _width - 1));
            red += _pixels[index];
            green += _pixels[index + 1];
            blue += _pixels[index + 2];
        }
        return new PaintColour(red, green, blue) * (1f / (steps * steps));
    }

    /// <summary>The luma that a twentieth of the photo exceeds.</summary>
    private float Brightest() => PictureLight.Of(new PixelBuffer(_width, _height, PixelFormat.Rgb24, _pixels)).Bright;

    private static byte ToByte(float level) => (byte)Math.Clamp(MathF.Round(level), 0, 255);
}
