namespace DoorbellFace.Measuring.Wearing;

/// <summary>What somebody at the door may wear.</summary>
public enum Worn
{
    /// <summary>A mask from the bridge of the nose to below the chin: pleated, of cloth, or an FFP2.</summary>
    Mask,

    /// <summary>A cap with a peak, whose shadow falls on the eyes.</summary>
    Cap,

    /// <summary>Dark glasses with rim, arms and reflections.</summary>
    DarkGlasses,
}
