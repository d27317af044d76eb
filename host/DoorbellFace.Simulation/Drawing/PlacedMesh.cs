namespace DoorbellFace.Simulation.Drawing;

/// <summary>A surface brought into the picture: the corners in pixels, the normals as the viewer sees them.</summary>
internal sealed class PlacedMesh
{
    public PlacedMesh(Mesh mesh, Func<Point3, Point3> place, Func<Point3, Point3> direct)
    {
        Mesh = mesh;
        Places = Array.ConvertAll(mesh.Places, p => place(p));
        Normals = Array.ConvertAll(mesh.Normals, n => direct(n));
    }

    /// <summary>A surface of which only the depth matters.</summary>
    public PlacedMesh(Mesh mesh, Point3[] places)
    {
        Mesh = mesh;
        Places = places;
        Normals = [];
    }

    public Mesh Mesh { get; }

    public Point3[] Places { get; }

    public Point3[] Normals { get; }
}
