using DoorbellFace.Core.Link;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Pipeline;

/// <summary>
/// Feeds a recording through the pipeline as fast as it goes, by the times that stand in it: the same recording gives the same visits every
/// time, on every machine. This is also the harness that the tests replay recordings with.
/// </summary>
internal static class PipelineReplay
{
    /// <summary>Opens a recording.</summary>
    /// <exception cref="UserErrorException">The file is missing or is no recording.</exception>
    public static RecordingReader Open(string path)
    {
        if (!File.Exists(path)) throw new UserErrorException($"There is no recording {path}. Make one with ./doorbell record FILE.");
        return RecordingReader.TryOpen(File.ReadAllBytes(path), out RecordingReader? reader, out string? complaint)
            ? reader!
            : throw new UserErrorException($"{path} is not a recording: {complaint}.");
    }

    /// <summary>Replays to the end.</summary>
    /// <param name="replay">The recording's events.</param>
    /// <param name="pipeline">What looks at the frames; null looks at the link alone.</param>
    /// <param name="linkEvent">Called for every event of the link, before the pipeline gets it.</param>
    public static void Run(RecordingReplay replay, DoorPipeline? pipeline, Action<LinkEvent>? linkEvent = null)
    {
        DateTimeOffset last = DateTimeOffset.MinValue;
        foreach (LinkEvent happened in replay.ReadEvents())
        {
            linkEvent?.Invoke(happened);
            pipeline?.Handle(happened);
            last = happened.At;
        }
        pipeline?.Finish(last);
    }
}
