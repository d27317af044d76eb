using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Link;

/// <summary>Something the link has to tell.</summary>
/// <param name="At">When its last byte arrived.</param>
public abstract record LinkEvent(DateTimeOffset At);

/// <summary>The device has introduced itself.</summary>
public sealed record HelloReceived(DateTimeOffset At, HelloPacket Hello) : LinkEvent(At);

/// <summary>A frame is ready to be looked at: whole, or with a few concealed rows.</summary>
/// <param name="At">When its last byte arrived.</param>
/// <param name="Frame">The frame.</param>
/// <param name="Trigger">What started it; <see cref="FrameTrigger.Other"/> when FRAME_START was lost.</param>
/// <param name="ShowsTestBars">It shows the sensor's test bars.</param>
/// <param name="End">What the device says of it, or null when FRAME_END was lost.</param>
public sealed record FrameReceived(DateTimeOffset At, Frame Frame, FrameTrigger Trigger, bool ShowsTestBars,
    FrameEndPacket? End) : LinkEvent(At);

/// <summary>A frame was too damaged to be shown.</summary>
/// <param name="At">When it ended.</param>
/// <param name="Sequence">The device's frame number, or -1 when it is not known.</param>
/// <param name="Reason">Why, as a sentence with the figures.</param>
public sealed record FrameRefused(DateTimeOffset At, int Sequence, string Reason) : LinkEvent(At);

/// <summary>BELL has arrived; acknowledge it in any case, ring only when it is new.</summary>
/// <param name="At">When its last byte arrived.</param>
/// <param name="Bell">The press.</param>
/// <param name="IsNew">This press has not been heard before, and does not come faster than a finger can press.</param>
public sealed record BellReceived(DateTimeOffset At, BellPacket Bell, bool IsNew) : LinkEvent(At);

/// <summary>The device's counters have arrived.</summary>
public sealed record StatusReceived(DateTimeOffset At, StatusPacket Status) : LinkEvent(At);

/// <summary>A remark of the device has arrived.</summary>
public sealed record LogReceived(DateTimeOffset At, LogPacket Log) : LinkEvent(At);

/// <summary>A command was answered.</summary>
public sealed record CommandAcknowledged(DateTimeOffset At, AckPacket Ack) : LinkEvent(At);

/// <summary>A packet has arrived that is sent for the line to be judged by.</summary>
public sealed record LineTestReceived(DateTimeOffset At, LinePacket Line) : LinkEvent(At);

/// <summary>The serial rate is settled, after a start of the device or because frames had begun to arrive damaged.</summary>
/// <param name="At">When.</param>
/// <param name="Name">What a person calls the link at this rate: "/dev/ttyACM0 at 2,000,000 bit/s".</param>
/// <param name="Hello">How the device introduces itself at this rate.</param>
/// <param name="Attempts">The rates that were tried since the device's start, in order.</param>
public sealed record RateSettled(DateTimeOffset At, string Name, HelloPacket Hello, IReadOnlyList<RateAttempt> Attempts) : LinkEvent(At);

/// <summary>A device has been found and understood. Comes before every other event of the connection.</summary>
/// <param name="At">When it introduced itself.</param>
/// <param name="Name">What a person calls the link: "/dev/ttyACM0 at 1,000,000 bit/s".</param>
/// <param name="Hello">How it introduced itself; null for a recording that does not begin with that.</param>
public sealed record LinkUp(DateTimeOffset At, string Name, HelloPacket? Hello) : LinkEvent(At);

/// <summary>There is no device, or no longer one.</summary>
/// <param name="At">When that was noticed.</param>
/// <param name="Fault">Why.</param>
/// <param name="Reason">Why, as a sentence that says what to do.</param>
public sealed record LinkDown(DateTimeOffset At, LinkFault Fault, string Reason) : LinkEvent(At);
