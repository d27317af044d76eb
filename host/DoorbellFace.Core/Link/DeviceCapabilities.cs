namespace DoorbellFace.Core.Link;

/// <summary>What the device can do (docs/protocol.md, HELLO).</summary>
[Flags]
public enum DeviceCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>It has a bell button.</summary>
    Bell = 1,

    /// <summary>It has a motion sensor.</summary>
    MotionSensor = 2,

    /// <summary>It can show the sensor's test bars.</summary>
    TestBars = 4,

    /// <summary>It has a light.</summary>
    Light = 8,

    /// <summary>Its mode can be changed.</summary>
    Modes = 16,

    /// <summary>It has mode 4: gray rows at half their size, and so nearly twice the frames.</summary>
    CompressedRows = 32,

    /// <summary>Its serial rate can be changed.</summary>
    Rates = 64,
}
