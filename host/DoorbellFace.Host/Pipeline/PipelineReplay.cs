using DoorbellFace.Core.Link;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Feeds a recording through the pipeline as fast as it goes, by the times that stand in it: the same recording gives the same visits every
/// time, on every machine. This is also the harness that the tests replay recordings with.
/// </summary>
internal static class PipelineReplay
{
    /// <summary>Opens a recording.</summary>
    /// <exception cref="DoorbellException">The file is missing or is no recording.</exception>
    public static RecordingReader Open(string path)
    {
        if (!File.Exists(path))
            throw new DoorbellException(ErrorKind.NotFound, $"There is no recording {path}.", new Remedy(RemedyKey.Record));
        return RecordingReader.TryOpen(File.ReadAllBytes(path), out RecordingReader? reader, out string? complaint)
            ? reader!
            : throw new DoorbellException(ErrorKind.UnusableInput, $"{path} is not a recording: {complaint}.");
    }

    /// <summary>Replays to the end.</summary>
    /// <param name="recording">Where the bytes come from.</param>
    /// <param name="receiver">The link's end; its statistics are left for the caller to read.</param>
    /// <param name="pipeline">What looks at the frames; null looks at the link alone.</param>
    /// <param name="linkEvent">Called for every event of the link, before the pipeline gets it.</param>
    public static void Run(RecordingReader recording, LinkReceiver receiver, DoorPipeline? pipeline, Action<LinkEvent>? linkEvent = null)
    {
        var events = new List<LinkEvent>();
        DateTimeOffset now = recording.StartedAt;
        while (recording.Read() is { } chunk)
        {
            now = chunk.At > now ? chunk.At : now;
            if (!chunk.FromDevice) continue;
            receiver.Receive(chunk.Bytes.Span, now, events);
            Deliver(events, pipeline, linkEvent);
            pipeline?.Tick(now);
        }
        receiver.Disconnect(events);
        Deliver(events, pipeline, linkEvent);
        pipeline?.Finish(now);
    }

    private static void Deliver(List<LinkEvent> events, DoorPipeline? pipeline, Action<LinkEvent>? linkEvent)
    {
        foreach (LinkEvent happened in events)
        {
            linkEvent?.Invoke(happened);
            pipeline?.Handle(happened);
        }
        events.Clear();
    }
}
