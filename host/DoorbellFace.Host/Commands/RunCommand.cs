using System.CommandLine;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Serial;
using DoorbellFace.Host.Speech;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell run: the daemon.</summary>
internal static class RunCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var speechDefaults = new SpeechOptions();
        var port = new Option<string?>("--port") { Description = "The doorbell's serial port; without it, the one there is.", HelpName = "PATH" };
        var baud = new Option<int>("--baud") { Description = "Speed to try first, in bit/s.", HelpName = "N", DefaultValueFactory = _ => DoorbellLinkOptions.KnownBaudRates[0] };
        var model = CommonOptions.Model();
        var detector = new DetectorOptions();
        var data = CommonOptions.Data();
        var wav = new Option<FileInfo?>("--wav") { Description = "Write all sound into this file, too.", HelpName = "FILE" };
        var sound = new ChoiceOption<SoundOutputChoice>("--sound", speechDefaults.Output) { Description = "Where the sound goes: auto (the sound card if there is one), card, wav or none.", HelpName = "WHERE" };
        var voice = new Option<string>("--voice") { Description = "espeak-ng's voice; `espeak-ng --voices` lists them.", HelpName = "V", DefaultValueFactory = _ => speechDefaults.Voice };
        var record = new Option<FileInfo?>("--record") { Description = "Keep everything the line says in this recording.", HelpName = "FILE" };
        var json = CommonOptions.Json("Write one JSON object per event.");
        var command = new Command("run", "Listen to the doorbell and say who is there. Stop it with Ctrl-C.") { port, baud, model, data, wav, sound, voice, record, json };
        detector.AddTo(command);
        command.SetAction((parsed, stop) => RunAsync(
            new Settings(
                parsed.GetValue(port), parsed.GetValue(baud), parsed.GetValue(model), detector.Read(parsed), CommonOptions.DataFolderOf(parsed.GetValue(data)), parsed.GetValue(record)?.FullName, parsed.GetValue(json)),
            speechDefaults with { WavPath = parsed.GetValue(wav)?.FullName, Output = sound.Of(parsed), Voice = parsed.GetValue(voice)! },
            stop));
        return command;
    }

    private static async Task<int> RunAsync(Settings settings, SpeechOptions speech, CancellationToken stop)
    {
        TimeProvider time = TimeProvider.System;
        var log = new RemarkLogger();
        using RecognitionSetup recognition = RecognitionSetup.Load(settings.Model?.FullName, settings.DataFolder, settings.Detector, log, evenWithoutPeople: true);
        recognition.WarmUp();
        using SqliteVisitStore store = SqliteVisitStore.Open(settings.DataFolder, StoreAccess.Owner, time, log);
        using LinkRecorder? recorder = settings.RecordPath is { } path ? LinkRecorder.Create(path, time, log) : null;
        SpeechQueue speaker = Speaker.Create(speech, time, log);
        await using (speaker.ConfigureAwait(false))
        {
            if (recognition.Trouble is { } trouble)
            {
                Screen.Remark($"{trouble} Until then every visitor is announced, and nobody by name.");
                speaker.Speak(new Announcement("I cannot read who is enrolled. I will say when someone rings, but not who it is.", AnnouncementPriority.High, "no people"));
            }
            var discovery = new PortDiscovery();
            string port = settings.Port ?? discovery.Pick();
            DoorbellLinkOptions options = settings.Port is null
                ? DoorbellLinkOptions.ForAnyPort(discovery, settings.BaudRateBitsPerSecond, recorder)
                : DoorbellLinkOptions.ForPort(port, settings.BaudRateBitsPerSecond, recorder);
            var link = new DoorbellLink(options, time, log);
            await using (link.ConfigureAwait(false))
            {
                if (!settings.Json) Screen.Remark($"Listening at {port}. {Names(recognition)} Sound goes to {speaker.OutputDescription}. Ctrl-C stops.");
                var daemon = new DoorDaemon(recognition, link, speaker, [new VisitLogSink(store)], time, log, settings.Json);
                try
                {
                    await daemon.RunAsync(stop).ConfigureAwait(false);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    Screen.Remark("Stopped.");
                }
                return (int)ExitCode.Done;
            }
        }
    }

    private static string Names(RecognitionSetup recognition) => recognition.Trouble is not null ? "It knows nobody." : recognition.Names.Count > 0
        ? $"It knows {string.Join(", ", recognition.Names)}."
        : "It knows nobody yet: enrol people with ./doorbell enroll NAME.";

    private sealed record Settings(string? Port, int BaudRateBitsPerSecond, DirectoryInfo? Model, DetectorChoice Detector, string DataFolder, string? RecordPath, bool Json);
}
