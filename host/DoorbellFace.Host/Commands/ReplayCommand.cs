using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Pipeline;
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
        var pictures = new Option<DirectoryInfo?>("--pictures") { Description = "Write the picture of each visit, with box and name, into this folder.", HelpName = "DIR" };
        var linkOnly = new Option<bool>("--link-only") { Description = "Look at packets and frames only, without any recognition." };
        var json = CommonOptions.Json("Write one JSON object per event, and the counters at the end.");
        var command = new Command("replay", "Play a recorded stream through the whole program, as fast as it goes: who was there, and what was lost on the line.")
        {
            file, model, data, pictures, linkOnly, json,
        };
        detector.AddTo(command);
        command.SetAction(parsed => Run(
            parsed.GetValue(file)!.FullName,
            parsed.GetValue(linkOnly) ? null : () => RecognitionSetup.Load(parsed.GetValue(model)?.FullName, CommonOptions.DataFolderOf(parsed.GetValue(data)), detector.Read(parsed), new RemarkLogger()),
            parsed.GetValue(pictures)?.FullName,
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string file, Func<RecognitionSetup>? load, string? picturesFolder, bool json)
    {
        RecordingReader recording = PipelineReplay.Open(file);
        var receiver = new LinkReceiver();
        long started = Stopwatch.GetTimestamp();
        using RecognitionSetup? setup = load?.Invoke();
        DoorPipeline? pipeline = setup is null ? null : CreatePipeline(setup, picturesFolder, json);
        PipelineReplay.Run(recording, receiver, pipeline, happened => Tell(happened, json));
        Report(recording, receiver.Statistics, pipeline, Stopwatch.GetElapsedTime(started), json);
        return (int)ExitCode.Done;
    }

    private static DoorPipeline CreatePipeline(RecognitionSetup setup, string? picturesFolder, bool json)
    {
        var sinks = new List<IVisitSink> { new ScreenSink(json, new AnnouncementPlanner()) };
        if (picturesFolder is not null) sinks.Add(new PictureSink(picturesFolder));
        return new DoorPipeline(setup.Recognizer, setup.CreateTracker(), sinks, (_, error) => Screen.Remark(error.Message));
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
            Screen.WriteJsonLine(new { @event = "end", took_seconds = took.TotalSeconds, was_cut = recording.WasCut, recording.SkippedBytes, link, pipeline?.Counters });
            return;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Replayed in {took.TotalSeconds:0.0} s: {link.BytesReceived} bytes, {link.FramesWhole} whole frames, {link.FramesConcealed} mended, {link.FramesRefused} refused; {link.Presses} rings; {link.BytesDiscarded} bytes discarded."));
        if (recording.WasCut) Console.Out.WriteLine("The recording ends in the middle of a chunk: it was cut off there.");
        if (recording.SkippedBytes > 0) Console.Out.WriteLine($"{recording.SkippedBytes} bytes of the recording itself are damaged and were passed over.");
    }
}
