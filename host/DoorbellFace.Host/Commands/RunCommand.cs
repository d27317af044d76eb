using DoorbellFace.Application.Models;
using System.CommandLine;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Screens;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell run: listens to the door.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var port = new Option<string?>("--port") { Description = "The doorbell's serial port; without it, the one there is.", HelpName = "PATH" };
        var baud = new Option<int>("--baud") { Description = "Speed to try first, in bit/s.", HelpName = "N", DefaultValueFactory = _ => DoorbellLinkOptions.KnownBaudRates[0] };
        var model = CommonOptions.Model();
        var detector = new DetectorOptions();
        var data = CommonOptions.Data();
        var voice = new VoiceOptions(withOutput: true);
        var record = new Option<FileInfo?>("--record") { Description = "Keep everything the line says in this recording.", HelpName = "FILE" };
        var json = CommonOptions.Json("Write one JSON object per event.");
        var command = new Command("run", "Listen to the doorbell and say who is there. Stop it with Ctrl-C.") { port, baud, model, data, record, json };
        voice.AddTo(command);
        detector.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            new Settings(
                parsed.GetValue(port), parsed.GetValue(baud), parsed.GetValue(model), detector.Read(parsed), CommonOptions.DataFolderOf(parsed.GetValue(data)), parsed.GetValue(record)?.FullName, parsed.GetValue(json)),
            voice.Read(parsed),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, SpeechOptions speech, CancellationToken stop)
    {
        var time = SteadyTime.Of(TimeProvider.System);
        var log = new RemarkLogger();
        var services = new HouseServices(settings.DataFolder, log, settings.Model?.FullName, settings.Detector);
        await using SpeechQueue speaker = Speaker.Create(speech, time, log);
        // The record first: a second program in the same folder is refused before it takes the port from the one that runs.
        using VisitLog visits = VisitLog.Open(services.VisitStorage, HouseServices.Pictures, speaker.Speak, log);
        using LinkRecorder? recorder = settings.RecordPath is { } path ? LinkRecorder.Create(path, time, log) : null;
        using LiveRecognition recognition = LiveRecognition.Load(services.Recognition, time, log);
        recognition.WarmUp();
        DoorbellLinkOptions options = settings.Port is { } port
            ? DoorbellLinkOptions.ForPort(port, settings.BaudRateBitsPerSecond, recorder)
            : DoorbellLinkOptions.ForAnyPort(new PortDiscovery(), settings.BaudRateBitsPerSecond, recorder);
        await using var link = new DoorbellLink(options, time, log);
        if (recognition.Trouble is { } trouble) Screen.Remark($"{trouble} Until then every visitor is announced, and nobody by name.");
        if (!settings.Json) Screen.Remark($"Listening at {settings.Port ?? "the doorbell's USB port"}. {Names(recognition)} Sound goes to {speaker.OutputDescription}. Ctrl-C stops.");
        var parts = new DoorParts(link, speaker, recognition, [new ScreenSubscriber(settings.Json), visits]) { KeepRing = visits.KeepRingAsync };
        try
        {
            await new RunningDoor(parts, time, log).RunAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            Screen.Remark("Stopped.");
        }
        return (int)ExitCode.Done;
    }

    private static string Names(LiveRecognition recognition) => recognition.Trouble is not null && recognition.Names.Count == 0 ? "It knows nobody." : recognition.Names.Count > 0
        ? $"It knows {string.Join(", ", recognition.Names)}."
        : $"It knows nobody yet. {Remedies.InWords(new Remedy(RemedyKey.Enrol))}.";

    private sealed record Settings(string? Port, int BaudRateBitsPerSecond, DirectoryInfo? Model, DetectorChoice Detector, string DataFolder, string? RecordPath, bool Json);
}
