using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Screens;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell replay FILE: a recorded stream through the same pipeline, as fast as it goes.</summary>
internal static class ReplayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The recording (.dbr)." };
        var model = CommonOptions.Model();
        var data = CommonOptions.Data();
        var detector = new DetectorOptions();
        var pictures = new Option<DirectoryInfo?>("--pictures")
        {
            Description = "Write the picture of each visit, with box and name, into this folder.", HelpName = "DIR",
        };
        var linkOnly = new Option<bool>("--link-only") { Description = "Look at packets and frames only, without any recognition." };
        var json = CommonOptions.Json("Write one JSON object per event, and the counters at the end.");
        var command = new Command("replay",
            "Play a recorded stream through the whole program, as fast as it goes: who was there, and what was lost on the line.")
        {
            file, model, data, pictures, linkOnly, json,
        };
        detector.AddTo(command);
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!.FullName,
            parsed.GetValue(linkOnly) ? null : () =>
                LoadRecognition(CommonOptions.DataFolderOf(parsed.GetValue(data)), parsed.GetValue(model)?.FullName, detector.Read(parsed)),
            parsed.GetValue(pictures)?.FullName,
            parsed.GetValue(json)));
        return command;
    }

    private static LiveRecognition LoadRecognition(string dataFolder, string? modelFolder, DetectorChoice detector)
    {
        var log = new RemarkLogger();
        return LiveRecognition.Load(new HouseServices(dataFolder, log, modelFolder, detector).Recognition, TimeProvider.System, log);
    }

    private static int Run(string file, Func<LiveRecognition>? load, string? picturesFolder, bool json)
    {
        RecordingReader recording = PipelineReplay.Open(file);
        var receiver = new LinkReceiver();
        long started = Stopwatch.GetTimestamp();
        using LiveRecognition? recognition = load?.Invoke();
        DoorPipeline? pipeline = recognition is null ? null : CreatePipeline(recognition, picturesFolder, json);
        PipelineReplay.Run(recording, receiver, pipeline, happened => Tell(happened, json));
        Report(recording, receiver.Statistics, pipeline, Stopwatch.GetElapsedTime(started), json);
        return (int)ExitCode.Done;
    }

    /// <summary>The subscribers are told at once and on this thread: nothing else happens meanwhile.</summary>
    private static DoorPipeline CreatePipeline(LiveRecognition recognition, string? picturesFolder, bool json)
    {
        List<IDoorSubscriber> subscribers = [new ScreenSubscriber(json)];
        if (picturesFolder is not null) subscribers.Add(new PictureSubscriber(picturesFolder));
        var planner = new AnnouncementPlanner();
        return new DoorPipeline(recognition.Recognizer, new VisitTracker(recognition.Policy), (happened, picture) =>
        {
            var changed = new VisitChanged(DoorId.Front, happened.At, happened, picture, planner.Plan(happened));
            foreach (IDoorSubscriber subscriber in subscribers)
                subscriber.ReceiveAsync(changed, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        });
    }

    private static void Tell(LinkEvent happened, bool json)
    {
        string? name = happened switch
        {
            FrameReceived => "frame_received",
            FrameRefused => "frame_refused",
            BellReceived { IsNew: true } => "bell",
            HelloReceived => "hello",
            LogReceived => "log",
            _ => null,
        };
        if (name is null) return;
        if (json)
        {
            Screen.WriteJsonLine(new
            {
                @event = name,
                happened.At,
                sequence = (happened as FrameReceived)?.Frame.Sequence ?? (happened as FrameRefused)?.Sequence,
                concealed_rows = (happened as FrameReceived)?.Frame.ConcealedRows.Count,
                reason = (happened as FrameRefused)?.Reason,
                press = (happened as BellReceived)?.Bell.Press,
                text = (happened as LogReceived)?.Log.Text,
            });
        }
        else if (happened is FrameRefused refused)
        {
            Console.Out.WriteLine($"{refused.At.ToLocalTime():HH:mm:ss}  Frame {refused.Sequence} refused: {refused.Reason}");
        }
    }

    private static void Report(RecordingReader recording, LinkStatistics link, DoorPipeline? pipeline, TimeSpan took, bool json)
    {
        if (json)
        {
            Screen.WriteJsonLine(
                new { @event = "end", took_seconds = took.TotalSeconds, was_cut = recording.WasCut, recording.SkippedBytes, link,
                    pipeline?.Counters });
            return;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Replayed in {took.TotalSeconds:0.0} s: {link.BytesReceived} bytes, {link.FramesWhole} whole frames, {link.FramesConcealed} "
            + $"repaired, {link.FramesRefused} refused; {Rings(link.Presses)}; {link.BytesDiscarded} bytes discarded."));
        if (recording.WasCut) Console.Out.WriteLine("The recording ends in the middle of a chunk: it was cut off there.");
        if (recording.SkippedBytes > 0)
            Console.Out.WriteLine($"{recording.SkippedBytes} bytes of the recording itself are damaged and were passed over.");
    }

    private static string Rings(long count) => count == 1 ? "1 ring" : $"{count} rings";
}
