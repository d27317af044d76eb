using System.Diagnostics;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>
/// The real ./doorbell in a checkout and on a system made for one test: the programs on its PATH are this test's own, and every one of them
/// that is called writes its words into a file.
/// </summary>
internal sealed class LauncherUnderTest : IDisposable
{
    private static readonly string[] Tools =
        ["bash", "sh", "basename", "cat", "dirname", "find", "flock", "id", "mkdir", "mktemp", "mv", "readlink", "rm", "sleep", "tail",
            "touch", "uname"];

    private readonly TemporaryFolder _folder = new();

    /// <summary>A checkout with one source of each project, and a system in which nothing is installed but the .NET SDK.</summary>
    public LauncherUnderTest()
    {
        foreach (string source in (string[])["host/A.cs", "host/old/B.cs", "trainer/T.cs", "benchmarks/M.cs", "Directory.Build.props",
            "global.json", ".editorconfig"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder["checkout/" + source])!);
            File.WriteAllText(_folder["checkout/" + source], "");
        }
        File.Copy(Path.Combine(Repository.Root, "doorbell"), _folder["checkout/doorbell"]);
        Directory.CreateDirectory(_folder["bin"]);
        Directory.CreateDirectory(_folder["system"]);
        foreach (string tool in Tools)
        {
            string? real = new[] { "/usr/bin", "/bin" }.Select(place => Path.Combine(place, tool)).FirstOrDefault(File.Exists);
            if (real is not null) File.CreateSymbolicLink(_folder["bin/" + tool], real);
        }
        AddProgram("dotnet", """
            case $1 in
              build) name=${2##*/}; mkdir -p "artifacts/bin/$name/release"; : >"artifacts/bin/$name/release/$name.dll" ;;
              *.dll) exit 7 ;;
            esac
            """);
    }

    /// <summary>What the programs of this system were called with, each call in a line.</summary>
    public string[] Calls => File.Exists(_folder["calls"]) ? File.ReadAllLines(_folder["calls"]) : [];

    /// <summary>How often the project was built.</summary>
    public int Builds => Calls.Count(call => call.StartsWith("dotnet build", StringComparison.Ordinal));

    public string this[string pathInCheckout] => _folder["checkout/" + pathInCheckout];

    /// <summary>Puts a program on the PATH.</summary>
    public void AddProgram(string name, string script = "")
    {
        File.Delete(_folder["bin/" + name]);
        File.WriteAllText(_folder["bin/" + name], $"#!/bin/sh\necho \"{name} $*\" >>'{_folder["calls"]}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["bin/" + name], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void RemoveProgram(string name) => File.Delete(_folder["bin/" + name]);

    /// <summary>Puts a file into the system.</summary>
    public void AddFile(string path)
    {
        string place = _folder["system" + path];
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        File.WriteAllText(place, "");
    }

    /// <summary>Everything that the host needs, where Debian puts it.</summary>
    public void InstallHostNeeds()
    {
        AddFile("/usr/lib/x86_64-linux-gnu/libespeak-ng.so.1");
        AddFile("/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml");
        AddProgram("espeak-ng");
        AddProgram("aplay");
    }

    /// <summary>A moment from which on everything is newer than what is there now: file times have their grain.</summary>
    public void MakeAllOld()
    {
        DateTime old = DateTime.UtcNow.AddHours(-1);
        foreach (string path in Directory.EnumerateFileSystemEntries(this[""], "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(path, old);
        if (File.Exists(this["artifacts/stamp-DoorbellFace.Host"]))
            File.SetLastWriteTimeUtc(this["artifacts/stamp-DoorbellFace.Host"], old.AddMinutes(1));
    }

    /// <summary>Runs the launcher to its end.</summary>
    public (int ExitCode, string Output, string Error) Run(params string[] words)
    {
        var start = new ProcessStartInfo(_folder["bin/bash"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Root,
        };
        start.ArgumentList.Add(this["doorbell"]);
        foreach (string word in words) start.ArgumentList.Add(word);
        start.Environment["PATH"] = _folder["bin"];
        start.Environment["DOORBELLFACE_SYSTEM"] = _folder["system"];
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }

    public void Dispose() => _folder.Dispose();
}
