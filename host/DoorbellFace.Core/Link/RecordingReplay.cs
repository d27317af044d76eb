namespace DoorbellFace.Core.Link;

/// <summary>
/// A recording through a receiver, by the recording's own times: the same file gives the same events every time, on every machine.
/// </summary>
public sealed class RecordingReplay
{
    private readonly RecordingReader _recording;
    private readonly LinkReceiver _receiver;

    /// <summary>Replays from where the reader is.</summary>
    public RecordingReplay(RecordingReader recording, FrameAssemblerOptions? options = null)
    {
        _recording = recording;
        _receiver = new LinkReceiver(options);
    }

    /// <summary>Counters, written while the events are read.</summary>
    public LinkStatistics Statistics => _receiver.Statistics;

    /// <summary>What the device said, in order; a repeated BELL is left out. Read it once.</summary>
    public IEnumerable<LinkEvent> ReadEvents()
    {
        var events = new List<LinkEvent>();
        while (_recording.Read() is { } chunk)
        {
            if (!chunk.FromDevice) continue;
            _receiver.Receive(chunk.Bytes.Span, chunk.At, events);
            foreach (LinkEvent linkEvent in events) if (linkEvent is not BellReceived { IsNew: false }) yield return linkEvent;
            events.Clear();
        }
        _receiver.Disconnect(events);
        foreach (LinkEvent linkEvent in events) yield return linkEvent;
    }
}
