using System.Diagnostics;

namespace DoorbellFace.Firmware.Tests;

/// <summary>Runs make in firmware/. What is built once is not built again by the next test.</summary>
internal static class FirmwareBuild
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "firmware");

    private static string BuildFolder => Path.Combine(Repository.Root, "artifacts", "firmware");

    /// <summary>The sketch for a serial rate, as an ELF file.</summary>
    public static string Sketch(int baud, string tag = "", string defines = "")
    {
        string elf = Path.Combine(BuildFolder, $"uno-{baud}{tag}", "doorbell_cam.elf");
        Make(Folder, $"BUILD={BuildFolder}", $"BAUD={baud}", $"TAG={tag}", $"DEFINES={defines}", elf);
        return elf;
    }

    /// <summary>The simulator's program.</summary>
    public static string Simulator()
    {
        Make(Folder, $"BUILD={BuildFolder}", "simulator");
        return Path.Combine(BuildFolder, "simulator", "doorbell-simulator");
    }

    /// <summary>Runs make and returns what it printed; a failure fails the test with make's own words.</summary>
    public static string Make(string folder, params string[] arguments) =>
        Run("make", ["--no-print-directory", "-C", folder, .. arguments]);

    /// <summary>Runs a program to its end, at low priority.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo("nice") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["-n", "10", program, .. arguments]) start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0,
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{output}{errors.Result}");
        return output + errors.Result;
    }
}
