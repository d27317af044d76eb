namespace DoorbellFace.Firmware.Tests;

/// <summary>A test that builds the firmware. Where the tools are not there it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirmwareFactAttribute : FactAttribute
{
    /// <summary>Skips the test unless all tools, and the program named, are there.</summary>
    public FirmwareFactAttribute(string? program = null) => Skip = FirmwareTools.WhatIsMissing(program);
}

/// <summary>A theory that builds the firmware. Where the tools are not there it is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FirmwareTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test unless all tools are there.</summary>
    public FirmwareTheoryAttribute() => Skip = FirmwareTools.WhatIsMissing(null);
}

internal static class FirmwareTools
{
    private static readonly (string File, string Package)[] Needed =
    [
        ("/usr/bin/avr-gcc", "gcc-avr"), ("/usr/bin/avr-size", "binutils-avr"), ("/usr/lib/avr/include/avr/io.h", "avr-libc"),
        ("/usr/share/arduino/hardware/arduino/avr/cores/arduino/Arduino.h", "arduino-core-avr"), ("/usr/bin/make", "make"),
            ("/usr/bin/cc", "gcc"),
        ("/usr/include/simavr/sim_avr.h", "libsimavr-dev"), ("/usr/include/libelf.h", "libelf-dev"),
    ];

    public static string? WhatIsMissing(string? program)
    {
        string[] missing = [.. Needed.Where(tool => !File.Exists(tool.File)).Select(tool => tool.Package)];
        if (program is not null && !File.Exists("/usr/bin/" + program)) missing = [.. missing, program];
        return missing.Length == 0 ? null : $"needs the packages {string.Join(", ", missing)}; apt-get install {string.Join(' ', missing)}";
    }
}
