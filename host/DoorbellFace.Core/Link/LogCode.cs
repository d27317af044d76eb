// Generated from docs/log-codes.csv by firmware/generate-log-codes: change them there.

namespace DoorbellFace.Core.Link;

/// <summary>What the device remarks on. A newer device may send others.</summary>
public enum LogCode
{
    /// <summary>Information: "camera ready, exposure settled after frames".</summary>
    Ready = 1,

    /// <summary>Information: "test bars right, CRC".</summary>
    BarsRight = 2,

    /// <summary>Information: "rows begin elsewhere, found and kept, number".</summary>
    Aligned = 3,

    /// <summary>Information: "camera's lines go high to percent of the supply".</summary>
    Levels = 4,

    /// <summary>Warning: "exposure still changing; frames are sent all the same".</summary>
    ExposureUnsettled = 20,

    /// <summary>Warning: "supply low, millivolts".</summary>
    SupplyLow = 21,

    /// <summary>Warning: "sensor VER not the usual 115 but".</summary>
    VersionUnknown = 22,

    /// <summary>Warning: "bell contact closed at start: stuck button or wire".</summary>
    ButtonStuck = 23,

    /// <summary>Warning: "rows skipped because the line was busy".</summary>
    RowsLate = 24,

    /// <summary>Warning: "camera's lines go high only to percent of the supply".</summary>
    LevelsLow = 25,

    /// <summary>Warning: "control bus pulled up beyond 3.3 V (1 SDA, 2 SCL), as bits".</summary>
    BusBeyond = 26,

    /// <summary>Warning: "the program had stopped; the watchdog started it again".</summary>
    Watchdog = 27,

    /// <summary>Error: "sensor does not answer on SCCB".</summary>
    NoAnswer = 40,

    /// <summary>Error: "sensor PID not 118 but".</summary>
    WrongPid = 41,

    /// <summary>Error: "no VSYNC from the sensor".</summary>
    NoVsync = 42,

    /// <summary>Error: "VSYNC but no HREF from the sensor".</summary>
    NoHref = 43,

    /// <summary>Error: "HREF but no PCLK from the sensor".</summary>
    NoPclk = 44,

    /// <summary>Error: "rows not as long as set, time in units of 4 us".</summary>
    RowTime = 45,

    /// <summary>Error: "test bars wrong, CRC".</summary>
    BarsWrong = 46,

    /// <summary>Error: "data lines never high, as bits".</summary>
    LineLow = 47,

    /// <summary>Error: "data lines never low, as bits".</summary>
    LineHigh = 48,

    /// <summary>Error: "camera fell silent in row".</summary>
    CameraSilent = 49,

    /// <summary>Error: "every row ended before its last pixel".</summary>
    RowsCut = 50,

    /// <summary>Error: "nothing pulls up the control bus (1 SDA, 2 SCL), as bits".</summary>
    BusLoose = 51,

    /// <summary>Error: "control bus held at ground (1 SDA, 2 SCL), as bits".</summary>
    BusHeld = 52,
}
