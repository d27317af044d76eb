using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Paints what is behind the person: dull and soft, as a lens set on the visitor sees it.</summary>
internal sealed class BackdropPaint
{
    private readonly DrawnScene _scene;
    private readonly Point3 _main;
    private readonly Point3 _second;
    private readonly float _light;
    private readonly float _shift;
    private readonly int _seed;

    public BackdropPaint(DrawnScene scene)
    {
        _scene = scene;
        _seed = scene.Seed;
        _shift = Noise.Cell(3, 7, _seed);
        float hue = Noise.Cell(5, 1, _seed), value = 0.35f + (0.5f * Noise.Cell(2, 9, _seed));
        (DrawnColour main, DrawnColour second) = scene.Backdrop switch
        {
            Backdrop.Bricks => (new DrawnColour(0.55f + (0.15f * hue), 0.33f, 0.26f), new DrawnColour(0.66f, 0.62f, 0.57f)),
            Backdrop.Foliage => (new DrawnColour(0.2f, 0.33f, 0.15f), new DrawnColour(0.55f, 0.66f, 0.38f)),
            Backdrop.Street => (new DrawnColour(0.72f, 0.8f, 0.88f), new DrawnColour(0.52f, 0.47f, 0.43f)),
            _ => (new DrawnColour(value, value * (0.92f + (0.08f * hue)), value * (0.78f + (0.2f * hue))),
                new DrawnColour(0.36f + (0.3f * hue), 0.27f, 0.2f)),
        };
        _main = main.Light;
        _second = second.Light;
        _light = 0.3f + (0.75f * scene.AmbientLight) + (0.2f * scene.LightStrength);
    }

    /// <summary>Light from one spot; across and down go from 0 to 1 over the height of the frame.</summary>
    public Point3 At(float x, float y)
    {
        Point3 colour = _scene.Backdrop switch
        {
            Backdrop.Bricks => Bricks(x, y),
            Backdrop.DoorFrame => Door(x, y),
            Backdrop.Foliage => Leaves(x, y),
            Backdrop.Street => Street(x, y),
            _ => _main,
        };
        float slope = 1 + (0.2f * ((_scene.LightDegrees / 90f * (x - 0.66f)) + (0.4f * (0.5f - y))));
        float grain = 0.92f + (0.16f * Noise.Cloud(x * 5, y * 5, _seed));
        return colour * (_light * slope * grain);
    }

    private Point3 Bricks(float x, float y)
    {
        const float height = 0.085f, width = 0.23f, joint = 0.014f;
        float course = MathF.Floor((y + _shift) / height);
        float along = x + _shift + (((int)course & 1) == 0 ? 0 : width / 2);
        float number = MathF.Floor(along / width);
        float inX = along - (number * width), inY = y + _shift - (course * height);
        float brick = Smooth(0, joint, MathF.Min(inX, width - inX)) * Smooth(0, joint, MathF.Min(inY, height - inY));
        return Point3.Mix(_second, _main * (0.75f + (0.5f * Noise.Cell((int)number, (int)course, _seed))), brick);
    }

    private Point3 Door(float x, float y)
    {
        float left = 0.12f + (0.25f * _shift), right = left + 0.95f;
        float frame = Smooth(0.055f, 0.045f, MathF.Min(MathF.Abs(x - left), MathF.Abs(x - right)));
        bool inside = x > left && x < right;
        float panelX = MathF.Abs(x - ((left + right) / 2)) - 0.3f, panelY = MathF.Abs(y - 0.5f) - 0.36f;
        float groove = Smooth(0.014f, 0.006f, MathF.Abs(MathF.Max(panelX, panelY)));
        Point3 leaf = _second * (1 - (0.45f * groove)) * (0.9f + (0.2f * Noise.Smooth(x * 30, y * 1.5f, _seed + 4)));
        return Point3.Mix(inside ? leaf : _main, _main * 1.25f, frame);
    }

    private Point3 Leaves(float x, float y)
    {
        float large = Noise.Cloud(x * 4, y * 4, _seed), small = Noise.Cloud(x * 13, y * 13, _seed + 5);
        float light = Smooth(0.35f, 0.75f, (large * 0.6f) + (small * 0.4f));
        return Point3.Mix(_main * (0.4f + small), _second, light * 0.8f);
    }

    private Point3 Street(float x, float y)
    {
        float house = MathF.Floor((x + _shift) / 0.34f), tone = Noise.Cell((int)house, 1, _seed);
        float roof = 0.18f + (0.22f * tone), inX = ((x + _shift) / 0.34f) - house;
        float wall = Smooth(roof - 0.02f, roof + 0.02f, y);
        float window =
            Smooth(0.13f, 0.1f, MathF.Abs(inX - 0.5f)) * Smooth(0.07f, 0.05f,
                MathF.Abs((((y - roof) / 0.24f) - MathF.Floor((y - roof) / 0.24f)) - 0.5f) * 0.24f);
        Point3 front = _second * (0.7f + (0.7f * tone));
        return Point3.Mix(_main, Point3.Mix(front, front * 0.5f, window * 0.8f), wall);
    }
}
