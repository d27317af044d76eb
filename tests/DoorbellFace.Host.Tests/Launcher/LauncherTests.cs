using System.Diagnostics;
using System.Xml.Linq;

namespace DoorbellFace.Host.Tests.Launcher;

/// <summary>./doorbell on systems that are not this one.</summary>
public sealed class LauncherTests : IDisposable
{
    private readonly LauncherUnderTest _launcher = new();

    public void Dispose() => _launcher.Dispose();

    [Fact]
    public void Without_dotnet_it_says_where_to_get_it()
    {
        _launcher.RemoveProgram("dotnet");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("https://dotnet.microsoft.com/download", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_SDK_is_named_before_the_build()
    {
        _launcher.InstallHostNeeds();
        _launcher.AddProgram("dotnet", "echo 'Requested SDK version: 10.0.100. Installed SDKs: 8.0.404'; exit 1");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("8.0.404", error, StringComparison.Ordinal);
        Assert.Equal(0, _launcher.Builds);
    }

    [Fact]
    public void On_another_processor_it_says_so_instead_of_failing_later()
    {
        _launcher.AddProgram("uname", "echo Linux armv7l");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("armv7l", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("demo", 7)]
    [InlineData("train", 3)]
    [InlineData("bench", 3)]
    public void On_ARM_the_door_runs_and_training_says_what_it_needs(string command, int expected)
    {
        _launcher.InstallHostNeeds();
        _launcher.AddProgram("uname", "echo Linux aarch64");
        (int exitCode, _, string error) = _launcher.Run(command);
        Assert.Equal(expected, exitCode);
        Assert.Equal(expected == 3, error.Contains("needs a 64-bit Intel or AMD processor", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "run")]
    [InlineData(false, "identify", "anna.jpg", "--detector", "haar")]
    [InlineData(true, "identify", "anna.jpg", "--detector", "paper")]
    [InlineData(true, "run", "--detector=yunet")]
    [InlineData(true, "evaluate", "detection")]
    public void OpenCV_is_installed_only_for_what_looks_through_it(bool isNeeded, params string[] words)
    {
        _launcher.InstallHostNeeds();
        _launcher.AddProgram("apt-get");
        _launcher.AddProgram("id", "echo 0");
        _launcher.Run(words);
        Assert.Equal(isNeeded, _launcher.Calls.Any(call => call.EndsWith("libgtk-3-0", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_user_installs_through_sudo_what_is_missing_and_nothing_else()
    {
        _launcher.InstallHostNeeds();
        _launcher.RemoveProgram("aplay");
        _launcher.AddProgram("apt-get");
        _launcher.AddProgram("id", "echo 1000");
        _launcher.AddProgram("sudo", "exec \"$@\"");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(7, exitCode);
        Assert.Contains("alsa-utils: the sound card", error, StringComparison.Ordinal);
        Assert.Contains("sudo may ask for your password", error, StringComparison.Ordinal);
        Assert.Equal(
            ["apt-get update -qq", "apt-get install -y -qq --no-install-recommends alsa-utils"],
            _launcher.Calls.Where(call => call.StartsWith("apt-get", StringComparison.Ordinal)));
    }

    [Fact]
    public void Root_needs_no_sudo()
    {
        _launcher.AddProgram("apt-get");
        _launcher.AddProgram("id", "echo 0");
        _launcher.Run("demo");
        Assert.Contains("apt-get install -y -qq --no-install-recommends opencv-data libespeak-ng1 espeak-ng alsa-utils", _launcher.Calls);
    }

    [Fact]
    public void Without_sudo_it_says_what_root_must_do()
    {
        _launcher.InstallHostNeeds();
        _launcher.RemoveProgram("aplay");
        _launcher.AddProgram("apt-get");
        _launcher.AddProgram("id", "echo 1000");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("As root: apt-get install alsa-utils", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_launcher.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));
    }

    [Fact]
    public void What_apt_says_is_shown_when_it_fails()
    {
        _launcher.AddProgram("apt-get", "echo 'E: Unable to locate package'; exit 100");
        _launcher.AddProgram("id", "echo 0");
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("E: Unable to locate package", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_system_is_told_what_to_install_and_found_once_it_is()
    {
        (int exitCode, _, string error) = _launcher.Run("demo");
        Assert.Equal(3, exitCode);
        Assert.Contains("install what corresponds to: opencv-data libespeak-ng1 espeak-ng alsa-utils", error, StringComparison.Ordinal);

        // Where Fedora and Arch put them.
        _launcher.AddFile("/usr/lib/libespeak-ng.so.1");
        _launcher.AddFile("/usr/share/opencv/haarcascades/haarcascade_frontalface_default.xml");
        _launcher.AddProgram("espeak-ng");
        _launcher.AddProgram("aplay");
        Assert.Equal(7, _launcher.Run("demo").ExitCode);
    }

    [Fact]
    public void It_builds_once_and_again_when_a_source_was_changed_added_or_deleted()
    {
        _launcher.InstallHostNeeds();
        int expected = 1;
        Check(() => { });
        foreach (Action change in (Action[])
            [
                () => File.WriteAllText(_launcher["host/A.cs"], "changed"),
                () => File.WriteAllText(_launcher["host/New.cs"], ""),
                () => File.Delete(_launcher["host/old/B.cs"]),
                () => File.WriteAllText(_launcher["Directory.Build.props"], "changed"),
            ])
        {
            expected++;
            Check(change);
        }
        // The host does not care for the trainer's sources.
        Check(() => File.WriteAllText(_launcher["trainer/T.cs"], "changed"));

        void Check(Action change)
        {
            _launcher.MakeAllOld();
            change();
            Assert.Equal(7, _launcher.Run("demo").ExitCode);
            Assert.Equal(7, _launcher.Run("demo").ExitCode);
            Assert.Equal(expected, _launcher.Builds);
        }
    }

    [Theory]
    [InlineData("run")]
    [InlineData("enroll", "Anna", "--camera")]
    [InlineData("ports")]
    public void What_is_at_the_door_runs_as_it_was_built_and_says_that_sources_are_newer(params string[] words)
    {
        _launcher.InstallHostNeeds();
        Assert.Equal(7, _launcher.Run(words).ExitCode);
        Assert.Equal(1, _launcher.Builds);
        _launcher.MakeAllOld();
        Assert.DoesNotContain("newer", _launcher.Run(words).Error, StringComparison.Ordinal);
        File.WriteAllText(_launcher["host/A.cs"], "changed");

        (int exitCode, _, string error) = _launcher.Run(words);

        Assert.Equal(7, exitCode);
        Assert.Contains("The sources are newer than the program", error, StringComparison.Ordinal);
        Assert.Contains("./doorbell build", error, StringComparison.Ordinal);
        Assert.Equal(1, _launcher.Builds);
        Assert.Equal(0, _launcher.Run("build").ExitCode);
        Assert.Equal(2, _launcher.Builds);
        Assert.DoesNotContain("newer", _launcher.Run(words).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_that_was_built_without_the_launcher_is_run_and_not_built_again()
    {
        _launcher.InstallHostNeeds();
        _launcher.Run("run");
        File.Delete(_launcher["artifacts/stamp-DoorbellFace.Host"]);

        Assert.Equal(7, _launcher.Run("run").ExitCode);
        Assert.Equal(1, _launcher.Builds);
    }

    [Fact]
    public void What_is_missing_is_named_with_the_command_and_the_door_comes_up_all_the_same()
    {
        _launcher.InstallHostNeeds();
        _launcher.Run("run");
        _launcher.RemoveProgram("aplay");
        _launcher.AddProgram("apt-get");
        _launcher.AddProgram("id", "echo 0");

        (int exitCode, _, string error) = _launcher.Run("run", "--detector", "yunet");

        Assert.Equal(7, exitCode);
        Assert.Contains("alsa-utils: the sound card", error, StringComparison.Ordinal);
        Assert.Contains("./doorbell install-needs door detectors", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_launcher.Calls, call => call.StartsWith("apt-get", StringComparison.Ordinal));

        Assert.Equal(0, _launcher.Run("install-needs", "door", "detectors").ExitCode);
        Assert.Contains("apt-get install -y -qq --no-install-recommends alsa-utils libgtk-3-0", _launcher.Calls);
        Assert.Equal(2, _launcher.Run("install-needs", "everything").ExitCode);
    }

    [Fact]
    public void What_would_send_reports_is_off_for_every_program_that_is_started()
    {
        _launcher.InstallHostNeeds();
        _launcher.AddProgram("dotnet",
            "echo \"$ORT_DISABLE_TELEMETRY $DOTNET_CLI_TELEMETRY_OPTOUT\"; case $1 in build) mkdir -p "
            + "artifacts/bin/DoorbellFace.Host/release; : >artifacts/bin/DoorbellFace.Host/release/DoorbellFace.Host.dll ;; esac");
        Assert.Equal("1 1\n", _launcher.Run("run").Output);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("--version")]
    public void The_version_is_the_one_of_the_build_and_needs_no_build(string word)
    {
        File.Copy(Path.Combine(Repository.Root, "Directory.Build.props"), _launcher["Directory.Build.props"], overwrite: true);
        _launcher.RemoveProgram("dotnet");
        string expected = XDocument.Load(_launcher["Directory.Build.props"]).Descendants("Version").Single().Value;
        Assert.Equal((0, $"DoorbellFace {expected}\n"), (_launcher.Run(word).ExitCode, _launcher.Run(word).Output));
    }

    [Theory]
    [InlineData("enrll", "enroll")]
    [InlineData("vists", "visits")]
    [InlineData("identfiy", "identify")]
    [InlineData("doc", "doctor")]
    public void A_slip_of_the_finger_is_answered_with_the_command_that_was_meant(string typed, string meant)
    {
        (int exitCode, _, string error) = _launcher.Run(typed);
        Assert.Equal(2, exitCode);
        Assert.Contains($"Did you mean ./doorbell {meant}?", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_that_fails_shows_why_and_is_tried_again()
    {
        _launcher.InstallHostNeeds();
        _launcher.AddProgram("dotnet", "[ $1 = build ] && echo 'A.cs(3,4): error CS1002: ; expected' && exit 1; exit 0");
        for (int time = 1; time <= 2; time++)
        {
            (int exitCode, _, string error) = _launcher.Run("ports");
            Assert.Equal(1, exitCode);
            Assert.Contains("error CS1002", error, StringComparison.Ordinal);
            Assert.Equal(time, _launcher.Builds);
        }
    }

    [Fact]
    public void The_words_reach_the_program_as_they_are()
    {
        _launcher.InstallHostNeeds();
        _launcher.Run("say", "Anna is at the door.", "--volume", "50");
        Assert.Contains(_launcher.Calls, call =>
            call.EndsWith("DoorbellFace.Host.dll say Anna is at the door. --volume 50", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_is_none_is_wrong_usage()
    {
        (int exitCode, _, string error) = _launcher.Run("dance");
        Assert.Equal(2, exitCode);
        Assert.Contains("'dance'", error, StringComparison.Ordinal);
    }

    /// <summary>
    /// The script ends what is at work, which would go on for a minute, and does not begin the next: two are at work at a time.
    /// </summary>
    [Fact]
    public async Task The_tests_stop_at_the_first_Ctrl_C()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in (string[])["tests/A.Tests", "tests/B.Tests", "tests/C.Tests", "bin"])
            Directory.CreateDirectory(folder[name]);
        File.Copy(Path.Combine(Repository.Root, "tests", "run-all"), folder["tests/run-all"]);
        // In place of dotnet: begins test projects, and interrupts the script, two above what runs a project, when two have begun.
        await File.WriteAllTextAsync(folder["bin/dotnet"], """
            #!/bin/sh
            [ "$1" = test ] || exit 0
            echo "$2" >> begun
            [ $(wc -l < begun) -lt 2 ] || kill -INT $(cut -d' ' -f4 /proc/$(cut -d' ' -f4 /proc/$PPID/stat)/stat)
            exec sleep 60

            """);
        using (Process chmod = Process.Start("chmod", ["+x", folder["bin/dotnet"]])) await chmod.WaitForExitAsync();
        // Where these tests run in the background, Ctrl-C is ignored, and would be by what they start.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", "bash", folder["tests/run-all"]])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";

        using Process run = Process.Start(start)!;
        string said = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();

        Assert.Equal(130, run.ExitCode);
        Assert.EndsWith("Stopped.\n", said, StringComparison.Ordinal);
        Assert.Equal(["tests/A.Tests", "tests/B.Tests"], (await File.ReadAllLinesAsync(folder["begun"])).Order());
    }
}
