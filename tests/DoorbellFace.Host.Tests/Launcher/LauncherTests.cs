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
            Assert.Equal(7, _launcher.Run("ports").ExitCode);
            Assert.Equal(7, _launcher.Run("ports").ExitCode);
            Assert.Equal(expected, _launcher.Builds);
        }
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
        Assert.Contains(_launcher.Calls, call => call.EndsWith("DoorbellFace.Host.dll say Anna is at the door. --volume 50", StringComparison.Ordinal));
    }

    [Fact]
    public void A_command_that_is_none_is_wrong_usage()
    {
        (int exitCode, _, string error) = _launcher.Run("dance");
        Assert.Equal(2, exitCode);
        Assert.Contains("'dance'", error, StringComparison.Ordinal);
    }
}
