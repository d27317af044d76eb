using System.Diagnostics;
using System.Reflection;

namespace DoorbellFace.Testing;

/// <summary>One of our programs as a process of its own.</summary>
public static class DotnetProgram
{
    /// <summary>The dotnet that runs the tests.</summary>
    public static string Runner { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Starts it; what it writes on standard output is for the test to read.</summary>
    /// <param name="program">The program's own assembly.</param>
    /// <param name="arguments">Its command line.</param>
    public static Process Start(Assembly program, params IEnumerable<string> arguments) => Process.Start(StartInfo(program, arguments))!;

    /// <summary>What it takes to start it, for a test that changes its surroundings.</summary>
    /// <param name="program">The program's own assembly.</param>
    /// <param name="arguments">Its command line.</param>
    public static ProcessStartInfo StartInfo(Assembly program, params IEnumerable<string> arguments) =>
        new(Runner, ["exec", program.Location, .. arguments]) { RedirectStandardOutput = true };
}
