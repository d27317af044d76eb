namespace DoorbellFace.Simulation.Drawing;

/// <summary>What a surface is made of; decides how it is painted.</summary>
internal enum Material
{
    Skin,
    Hair,
    Ear,
    Neck,
    Clothes,
    Frame,
}

/// <summary>
/// A surface of triangles. Each corner has its place in head units, its normal, and the coordinates by which it is painted
/// (their meaning depends on the material).
/// </summary>
internal sealed class Mesh
{
    private Mesh(Material material, Point3[] places, Point3[] paint, Point3[] normals, int[] corners)
    {
        Material = material;
        Places = places;
        Paint = paint;
        Normals = normals;
        Corners = corners;
    }

    public Material Material { get; }

    public Point3[] Places { get; }

    public Point3[] Paint { get; }

    /// <summary>Outward, length 1.</summary>
    public Point3[] Normals { get; }

    /// <summary>Three indices for each triangle.</summary>
    public int[] Corners { get; }


    /// <summary>Whether it encloses a body, so that its inside is never seen.</summary>
    public bool IsSolid => Material is Material.Skin or Material.Neck or Material.Clothes;

    /// <summary>Tells by its paint coordinates whether a spot is missing; null when none is.</summary>
    public Func<Point3, bool>? IsCutAt { get; init; }

    /// <summary>Builds a surface from a grid of points.</summary>
    /// <param name="material">What it is made of.</param>
    /// <param name="rows">Strips from one end to the other.</param>
    /// <param name="columns">Strips across.</param>
    /// <param name="point">Place and paint coordinates at row 0 to rows, column 0 to columns.</param>
    /// <param name="isClosed">Whether the last column meets the first.</param>
    /// <param name="isCutAt">Tells where spots are missing.</param>
    public static Mesh Grid(
        Material material, int rows, int columns, Func<int, int, (Point3 Place, Point3 Paint)> point, bool isClosed, Func<Point3,
            bool>? isCutAt = null)
    {
        int across = columns + 1;
        var places = new Point3[(rows + 1) * across];
        var paint = new Point3[places.Length];
        for (int row = 0; row <= rows; row++)
        {
            for (int column = 0; column < across; column++)
                (places[(row * across) + column], paint[(row * across) + column]) = point(row, column);
        }
        var corners = new int[rows * columns * 6];
        int written = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                int a = (row * across) + column, b = a + 1, c = a + across, d = c + 1;
                corners[written++] = a;
                corners[written++] = b;
                corners[written++] = c;
                corners[written++] = b;
                corners[written++] = d;
                corners[written++] = c;
            }
        }
        Point3[] normals = NormalsOf(places, rows, columns, isClosed);
        return new Mesh(material, places, paint, normals, corners) { IsCutAt = isCutAt };
    }

    private static Point3[] NormalsOf(Point3[] places, int rows, int columns, bool isClosed)
    {
        int across = columns + 1;
        var normals = new Point3[places.Length];
        for (int row = 0; row <= rows; row++)
        {
            int up = Math.Max(row - 1, 0) * across, down = Math.Min(row + 1, rows) * across;
            for (int column = 0; column < across; column++)
            {
                int left = column > 0 ? column - 1 : isClosed ? columns - 1 : 0;
                int right = column < columns ? column + 1 : isClosed ? 1 : columns;
                Point3 along = places[(row * across) + right] - places[(row * across) + left];
                Point3 downwards = places[down + column] - places[up + column];
                // With x right, y down and z forward, rows running down and columns to the right: this order points outwards.
                normals[(row * across) + column] = along.Cross(downwards).Normalized();
            }
        }
        return normals;
    }
}
