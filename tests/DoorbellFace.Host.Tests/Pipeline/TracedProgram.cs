using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// The real program under strace, which writes down every socket that it, its threads and its children make, and every address that they
/// reach for. Its environment says nothing of telemetry, and its home is an empty folder: what the program does by itself is what is seen.
/// </summary>
internal sealed partial class TracedProgram(TemporaryFolder folder)
{
    private static readonly string[] SaysNo = ["ORT_DISABLE_TELEMETRY", "DOTNET_CLI_TELEMETRY_OPTOUT"];

    /// <summary>The program's cache folder, where libraries keep what they want to send.</summary>
    public string Cache => folder["home/.cache"];

    /// <summary>How to start the program so that it is watched.</summary>
    public ProcessStartInfo StartInfo(string log, params string[] arguments)
    {
        Directory.CreateDirectory(folder["home"]);
        var start = new ProcessStartInfo("strace",
            ["-f", "-qq", "-e", "trace=socket,connect,bind,sendto,sendmsg,sendmmsg", "-o", folder[log], DotnetProgram.Runner, "exec",
            typeof(Composition.HouseServices).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        foreach (string variable in SaysNo) start.Environment.Remove(variable);
        (start.Environment["HOME"], start.Environment["XDG_CACHE_HOME"]) = (folder["home"], Cache);
        return start;
    }

    /// <summary>Runs it to its end.</summary>
    public int Run(string log, params string[] arguments)
    {
        using Process process = Process.Start(StartInfo(log, arguments))!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>The calls that made a socket, or reached for an address, of the internet.</summary>
    public string[] InternetCalls(string log) =>
        [.. File.ReadLines(folder[log]).Where(line => Internet().IsMatch(line) && !DotnetAsksTheSystem().IsMatch(line))];

    /// <summary>The traced program among the children of strace.</summary>
    public static int ChildOf(Process strace)
    {
        string id = strace.Id.ToString(CultureInfo.InvariantCulture);
        return int.Parse(File.ReadAllText($"/proc/{id}/task/{id}/children").Split(' ')[0], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// Before its first socket of any kind, the local one for look and say-again too, .NET asks the system which families it knows, by
    /// making one of each and closing it. Whoever did something with such a socket would still be seen: by connect, bind or a message with
    /// an address.
    /// </summary>
    [GeneratedRegex(@"\bsocket\(AF_INET6?, SOCK_DGRAM\|SOCK_CLOEXEC, IPPROTO_IP\)")]
    private static partial Regex DotnetAsksTheSystem();

    [GeneratedRegex(@"\bAF_INET6?\b")]
    private static partial Regex Internet();
}
