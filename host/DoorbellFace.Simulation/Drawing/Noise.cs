namespace DoorbellFace.Simulation.Drawing;

/// <summary>Smooth pseudo-random patterns of place: the same place and seed always give the same value.</summary>
public static class Noise
{
    /// <summary>A value in 0 to 1 for one cell of a grid.</summary>
    public static float Cell(int x, int y, int seed)
    {
        unchecked
        {
            uint h = ((uint)x * 0x9E3779B1u) ^ ((uint)y * 0x85EBCA77u) ^ ((uint)seed * 0xC2B2AE3Du);
            h = (h ^ (h >> 15)) * 0x2C1B3C6Du;
            h = (h ^ (h >> 12)) * 0x297A2D39u;
            h ^= h >> 15;
            return (h >> 8) * (1f / 16777216f);
        }
    }

    /// <summary>A smooth landscape with one hill or dale about every unit, 0 to 1.</summary>
    public static float Smooth(float x, float y, int seed)
    {
        float floorX = MathF.Floor(x), floorY = MathF.Floor(y);
        int cellX = (int)floorX, cellY = (int)floorY;
        float tx = x - floorX, ty = y - floorY;
        tx = tx * tx * (3f - (2f * tx));
        ty = ty * ty * (3f - (2f * ty));
        float upper = PortableMath.Mix(Cell(cellX, cellY, seed), Cell(cellX + 1, cellY, seed), tx);
        float lower = PortableMath.Mix(Cell(cellX, cellY + 1, seed), Cell(cellX + 1, cellY + 1, seed), tx);
        return PortableMath.Mix(upper, lower, ty);
    }

    /// <summary>Three sizes of <see cref="Smooth"/> on top of each other, 0 to 1.</summary>
    public static float Cloud(float x, float y, int seed) =>
        (Smooth(x, y, seed) * 0.57f) + (Smooth(x * 2.1f, y * 2.1f, seed + 1) * 0.28f) + (Smooth(x * 4.3f, y * 4.3f, seed + 2) * 0.15f);
}
