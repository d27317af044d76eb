namespace DoorbellFace.Simulation.Drawing;

/// <summary>Cut of a drawn person's hair.</summary>
public enum HairStyle
{
    /// <summary>No hair at all.</summary>
    Bald,

    /// <summary>Bare on top, short hair round the sides and back.</summary>
    Horseshoe,

    /// <summary>A few millimetres all over.</summary>
    Cropped,

    /// <summary>Short, brushed back from the forehead.</summary>
    ShortCut,

    /// <summary>Short at the sides, swept over the forehead from the parting.</summary>
    Swept,

    /// <summary>Short, cut straight across the forehead.</summary>
    Fringe,

    /// <summary>To the jaw, open in front.</summary>
    BobOpen,

    /// <summary>To the jaw, cut straight across the forehead.</summary>
    BobFringed,

    /// <summary>Over the shoulders.</summary>
    LongOpen,

    /// <summary>Over the shoulders, cut straight across the forehead.</summary>
    LongFringed,

    /// <summary>Drawn back into a knot on top of the head.</summary>
    Bun,

    /// <summary>A round cloud of tight curls.</summary>
    Curly,
}

/// <summary>Beard or moustache of a drawn person.</summary>
public enum FacialHair
{
    /// <summary>Shaved or none.</summary>
    None,

    /// <summary>A few days old.</summary>
    Stubble,

    /// <summary>On the upper lip only.</summary>
    Moustache,

    /// <summary>Round mouth and chin.</summary>
    Goatee,

    /// <summary>Cheeks, chin and upper lip.</summary>
    FullBeard,
}

/// <summary>Glasses of a drawn person.</summary>
public enum Glasses
{
    /// <summary>No glasses.</summary>
    None,

    /// <summary>Round lenses.</summary>
    Round,

    /// <summary>Wide, low lenses with soft corners.</summary>
    Rectangular,
}
