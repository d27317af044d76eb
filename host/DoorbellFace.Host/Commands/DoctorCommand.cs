using System.CommandLine;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Languages;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell doctor: what is wrong with the doorbell, and what to do, in words for the eye or the ear.</summary>
internal static class DoctorCommand
{
    private static readonly TimeSpan TimeForAPress = TimeSpan.FromSeconds(30);

    /// <summary>The command.</summary>
    /// <param name="frames">How long a frame's packets are waited for; null for the usual time, which a computer that is busy with tests
    /// may miss.</param>
    public static Command Create(FrameAssemblerOptions? frames = null)
    {
        var port = new Option<string?>("--port")
        {
            Description = "The doorbell's serial port; without it, the one there is.", HelpName = "PATH",
        };
        var baud = new Option<int>("--baud")
        {
            Description = "Speed to try first, in bit/s.", HelpName = "N", DefaultValueFactory = _ => DoorbellLinkOptions.KnownBaudRates[0],
        };
        var speak = new Option<bool>("--speak") { Description = "Say aloud what is wrong and what to do." };
        var press = new Option<bool>("--press") { Description = "Ask for a press of the bell's button, and see whether it comes." };
        var focus = new Option<bool>("--focus")
        {
            Description = "Do not examine; say how sharp the picture is, over and over, while the lens is turned. Ctrl-C stops.",
        };
        var wav = new Option<FileInfo?>("--wav")
        {
            Description = "Write what is said into this file as well; with --speak.", HelpName = "FILE",
        };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("doctor",
            "Examine the doorbell from the port to the lens: what is wrong, and what to do. Ends with 0 (all right), 1 (something is "
            + "wrong) or 3 (no doorbell can be reached).")
        {
            port, baud, speak, press, focus, wav, data, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            var settings =
                new Settings(parsed.GetValue(port), parsed.GetValue(baud), parsed.GetValue(press), parsed.GetValue(focus),
                    parsed.GetValue(json), frames ?? new FrameAssemblerOptions());
            SpeechOptions? speech = parsed.GetValue(speak) || parsed.GetValue(wav) is not null
                ? VoiceOptions.Usual(parsed.GetValue(wav)) with { Voice = Language.English.Voice, Language = Language.English.Tag }
                : null;
            Check(settings);
            var door = new DoorSocketClient(CommonOptions.DataFolderOf(parsed.GetValue(data)));
            if (await door.FindAsync(stop) is null) return await RunAsync(settings, speech, stop);
            Screen.Remark("The doorbell is running; it lends its port, and listens again when the examination is over.");
            int code = 0;
            await door.WithPortAsync(
                async lent =>
                    code = await RunAsync(settings with { Port = settings.Port ?? (lent.Length > 0 ? lent : null) }, speech, stop), stop);
            return code;
        });
        return command;
    }

    private static DoorbellLinkOptions LinkOptions(string path, Settings settings) =>
        DoorbellLinkOptions.ForPort(path, settings.BaudRateBitsPerSecond) with
    {
        Frames = settings.Frames,
    };

    private static void Check(Settings settings)
    {
        if (settings is { Focus: true, Press: true })
            throw new UserErrorException("--focus and --press are two things: give one of them.", ExitCode.WrongUsage);
        if (settings is { Focus: true, Json: true })
            throw new UserErrorException("--focus speaks to the hand at the lens, in words: it does not write JSON.", ExitCode.WrongUsage);
        if (settings.BaudRateBitsPerSecond is < 9600 or > 4_000_000)
            throw new UserErrorException("--baud is 9600 to 4000000 bit/s.", ExitCode.WrongUsage);
    }

    private static async Task<int> RunAsync(Settings settings, SpeechOptions? speech, CancellationToken stop)
    {
        var voice = new DoctorVoice(speech is null ? null : Speaker.Create(speech, TimeProvider.System, new RemarkLogger()), settings.Json);
        await using (voice)
        {
            List<Finding> findings = [];
            void Tell(Finding finding)
            {
                findings.Add(finding);
                voice.Tell(finding);
            }
            voice.Say(settings.Focus ? "I am looking for the doorbell." : "I am examining the doorbell. That takes up to a minute.");
            string? path = FindPort(settings.Port, Tell);
            if (path is not null && settings.Focus)
                await new FocusGuide(LinkOptions(path, settings), TimeProvider.System, voice).RunAsync(Tell, stop);
            else if (path is not null)
            {
                var examination = new Examination(LinkOptions(path, settings), TimeProvider.System, Tell)
                {
                    WaitForPress = settings.Press ? TimeForAPress : null,
                    AskForPress = () => voice.Say("Press the bell's button now. You have half a minute."),
                };
                await examination.RunAsync(stop);
            }
            if (!settings.Focus) Conclude(findings, path, voice, settings.Json);
            if (!stop.IsCancellationRequested) await voice.DrainAsync(stop);
            return (int)ExitCodeOf(findings);
        }
    }

    /// <summary>0: nothing failed; 3: there is nobody to talk with; 1: something else failed.</summary>
    internal static ExitCode ExitCodeOf(IReadOnlyCollection<Finding> findings)
    {
        Finding[] failed = [.. findings.Where(finding => finding.Outcome == FindingOutcome.Failed)];
        return failed.Length == 0 ? ExitCode.Done : failed.Any(finding => Checks.OfTheConnection.Contains(finding.Check))
            ? ExitCode.BadInput
            : ExitCode.Failed;
    }

    /// <summary>The port to examine; null when there is none that can be used, which has been told then.</summary>
    internal static string? FindPort(string? named, Action<Finding> tell)
    {
        var discovery = new PortDiscovery();
        IReadOnlyList<SerialPortDescription> ports = discovery.List();
        Finding there = ConnectionChecks.Port(named, named is not null && PortTrouble.Missing(named) is null, ports, discovery.Hidden());
        tell(there);
        if (there.Outcome == FindingOutcome.Failed) return null;
        string path = named ?? ports[0].Path;
        Finding allowed = ConnectionChecks.Permission(PortTrouble.Forbidden(path));
        tell(allowed);
        return allowed.Outcome == FindingOutcome.Failed ? null : path;
    }

    private static void Conclude(List<Finding> findings, string? port, DoctorVoice voice, bool json)
    {
        string[] notTried = [.. Checks.All.Except(findings.Select(finding => finding.Check))];
        int complaints = findings.Count(finding => finding.IsComplaint);
        ExitCode code = ExitCodeOf(findings);
        if (json)
        {
            findings.AddRange(notTried.Select(check =>
                new Finding(check, FindingOutcome.NotTried, "Not looked at, because of what was found before.")));
            Screen.WriteJson(new { healthy = code == ExitCode.Done, reached = code != ExitCode.BadInput, port, findings });
        }
        else if (notTried.Length > 0)
            Console.Out.WriteLine($"Not looked at, because of what was found before: {string.Join(", ", notTried)}.");
        voice.Say(complaints switch
        {
            0 => "Everything is all right.",
            1 => "One problem found. Fix it, then run the doctor again.",
            _ => $"{complaints} problems found. Fix the first, then run the doctor again.",
        });
    }

    private sealed record Settings(string? Port, int BaudRateBitsPerSecond, bool Press, bool Focus, bool Json,
        FrameAssemblerOptions Frames);
}
