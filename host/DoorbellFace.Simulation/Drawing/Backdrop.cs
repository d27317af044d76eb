namespace DoorbellFace.Simulation.Drawing;

/// <summary>What is behind a drawn person.</summary>
public enum Backdrop
{
    /// <summary>A plain wall.</summary>
    Wall,

    /// <summary>A brick wall.</summary>
    Bricks,

    /// <summary>An open hall with a door frame on one side.</summary>
    DoorFrame,

    /// <summary>A hedge or tree, out of focus.</summary>
    Foliage,

    /// <summary>Sky over a row of houses, out of focus.</summary>
    Street,
}
