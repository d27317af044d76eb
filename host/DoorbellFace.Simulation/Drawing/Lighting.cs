using static DoorbellFace.Simulation.Drawing.PortableMath;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>The scene's light: one lamp or sun with soft shadows, and light from all around that is stronger from above.</summary>
internal sealed class Lighting : IDisposable
{
    private const int MapEdge = 224;

    private readonly Point3 _toLight;
    private readonly Point3 _half;
    private readonly Point3 _lamp;
    private readonly Point3 _ambient;
    private readonly Point3 _right;
    private readonly Point3 _down;
    private readonly DepthBuffer _map;
    private readonly float _scale;
    private readonly Point3 _middle;

    /// <param name="scene">Direction and strength.</param>
    /// <param name="casters">What throws shadows.</param>
    /// <param name="middle">Middle of the head in the picture, pixels.</param>
    /// <param name="unit">Pixels in a head unit.</param>
    public Lighting(DrawnScene scene, IReadOnlyList<PlacedMesh> casters, Point3 middle, float unit)
    {
        (float sin, float cos) = SinCosDegrees(scene.LightDegrees);
        (float sinHeight, float cosHeight) = SinCosDegrees(scene.LightHeightDegrees);
        _toLight = new Point3(sin * cosHeight, -sinHeight, cos * cosHeight);
        _half = (_toLight + new Point3(0, 0, 1)).Normalized();
        float tint = scene.LightTint * 0.12f;
        _lamp = new Point3(1 - tint, 1 - (0.15f * MathF.Abs(tint)), 1 + tint) * scene.LightStrength;
        _ambient = new Point3(1 - (0.3f * tint), 1, 1 + (0.3f * tint)) * scene.AmbientLight;
        _right = new Point3(0, 1, 0).Cross(_toLight).Normalized();
        _down = _toLight.Cross(_right);
        _middle = middle;
        _scale = MapEdge / (unit * 3.6f);
        _map = new DepthBuffer(MapEdge, MapEdge);
        for (int i = 0; i < casters.Count; i++)
            _map.Draw(new PlacedMesh(casters[i].Mesh, Array.ConvertAll(casters[i].Places, ToMap)), i, 1);
    }

    public void Dispose() => _map.Dispose();

    /// <summary>Light that a spot sends to the viewer.</summary>
    /// <param name="surface">What the spot is made of.</param>
    /// <param name="place">Where it is in the picture, pixels.</param>
    /// <param name="normal">Which way it faces, length 1.</param>
    /// <param name="bleeds">Whether light goes a little way round its edges, as in skin.</param>
    public Point3 Shade(Surface surface, Point3 place, Point3 normal, bool bleeds)
    {
        if (surface.Flat > 0) normal = Point3.Mix(normal, new Point3(0, 0, 1), surface.Flat).Normalized();
        float facing = normal.Dot(_toLight);
        float lit = LitPart(place, facing);
        float wrap = bleeds ? 0.22f : 0.1f;
        float diffuse = MathF.Max(0, (facing + wrap) / (1 + wrap)) * lit;
        // In skin the rim of a shadow is reddish: red light gets further.
        float red = bleeds ? MathF.Max(0, (facing + 0.4f) / 1.4f) * Mix(lit, 1, 0.12f) : diffuse;
        Point3 around = _ambient * (0.78f - (0.22f * normal.Y) + (0.12f * normal.Z));
        var light = new Point3(around.X + (_lamp.X * red), around.Y + (_lamp.Y * diffuse), around.Z + (_lamp.Z * diffuse));
        float shine = surface.Gloss * Power16(normal.Dot(_half)) * lit * 0.5f;
        return new Point3(
            (surface.Albedo.X * light.X) + (_lamp.X * shine), (surface.Albedo.Y * light.Y) + (_lamp.Y * shine),
                (surface.Albedo.Z * light.Z) + (_lamp.Z * shine));
    }

    private Point3 ToMap(Point3 place)
    {
        Point3 p = place - _middle;
        return new Point3((p.Dot(_right) * _scale) + (MapEdge / 2), (p.Dot(_down) * _scale) + (MapEdge / 2), p.Dot(_toLight) * _scale);
    }

    /// <summary>How much of the lamp a spot sees: the mean over nine neighbours in the map, blended between them.</summary>
    private float LitPart(Point3 place, float facing)
    {
        if (facing <= -0.4f) return 0;
        Point3 at = ToMap(place);
        float x = at.X - 0.5f, y = at.Y - 0.5f, floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int column = (int)floorX, row = (int)floorY;
        if (column < 2 || row < 2 || column >= MapEdge - 3 || row >= MapEdge - 3) return 1;
        float tx = x - floorX, ty = y - floorY;
        float bias = 2.2f + (3.5f * (1 - MathF.Max(0, facing)));
        float sum = 0;
        for (int dy = -1; dy <= 2; dy++)
        {
            float weightY = dy == -1 ? 1 - ty : dy == 2 ? ty : 1;
            for (int dx = -1; dx <= 2; dx++)
            {
                float weightX = dx == -1 ? 1 - tx : dx == 2 ? tx : 1;
                if (_map.DepthAt(column + dx, row + dy) < at.Z + bias) sum += weightX * weightY;
            }
        }
        return sum / 9;
    }
}
