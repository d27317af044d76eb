using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>
/// Goes through all <see cref="Checks"/>, from the port to the lens, and stops where nothing further can be learnt. It asks and waits; what
/// the answers mean is decided by <see cref="ConnectionChecks"/>, <see cref="DeviceChecks"/> and <see cref="PictureChecks"/>. The doorbell
/// is left as it was.
/// </summary>
/// <param name="link">How to find and open the doorbell; its opening function tells why a port could not be opened.</param>
/// <param name="time">The clock.</param>
/// <param name="tell">Is told each finding as it is made.</param>
internal sealed class Examination(DoorbellLinkOptions link, TimeProvider time, Action<Finding> tell)
{
    private const int ColourMode = 3, FramesForFocus = 4, MostRefusedFrames = 3;

    /// <summary>
    /// A device that has just started says in this time how its camera is: the checks take two seconds, the exposure up to eight frames.
    /// </summary>
    private static readonly TimeSpan SelfExaminationTime = TimeSpan.FromSeconds(20);

    /// <summary>Two of the slowest frames, after a change of mode with up to eight frames of settling.</summary>
    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(25);

    /// <summary>Two rates that fail take three seconds; a frame that is under way is waited for.</summary>
    private static readonly TimeSpan RateTime = TimeSpan.FromSeconds(30);

    /// <summary>What it said longer ago may no longer be so.</summary>
    private static readonly TimeSpan RecentStart = TimeSpan.FromSeconds(30);

    /// <summary>Whoever has pressed Ctrl-C does not wait longer than this.</summary>
    private static readonly TimeSpan RestoringTime = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan MomentToTell = TimeSpan.FromSeconds(2);

    private readonly List<Finding> _findings = [];
    private LinkUnavailableException? _openingTrouble;

    /// <summary>How long the user has to press the button; null: nobody is asked to.</summary>
    public TimeSpan? WaitForPress { get; init; }

    /// <summary>Is told that the button is to be pressed now.</summary>
    public Action AskForPress { get; init; } = () => { };

    /// <summary>Examines everything behind an existing port.</summary>
    /// <returns>One finding for each check from <see cref="Checks.Opening"/> on.</returns>
    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken stop)
    {
        var line =
            new DoorbellLink(link with { AsksForFasterMode = false, OpenAsync = OpenAsync, MostWaitingFrames = 2 * FramesForFocus }, time,
                NullLogger.Instance);
        await using (line)
        {
            var interview = new Interview(line, time);
            await using (interview)
            {
                if (await ConnectAsync(interview, stop) is { } hello) await ExamineAsync(interview, hello, stop);
            }
        }
        return _findings;
    }

    private async ValueTask<IByteLink> OpenAsync(int rate, CancellationToken stop)
    {
        try
        {
            return await link.OpenAsync(rate, stop);
        }
        catch (LinkUnavailableException trouble)
        {
            _openingTrouble = trouble;
            throw;
        }
    }

    private async Task<HelloPacket?> ConnectAsync(Interview interview, CancellationToken stop)
    {
        TimeSpan limit = link.HelloWait + (link.BaudRatesBitsPerSecond.Count * 20 * link.HelloAnswer) + TimeSpan.FromSeconds(10);
        LinkEvent? answer = await interview.NextAsync(limit, linkEvent => linkEvent is LinkUp or LinkDown, stop);
        Add(ConnectionChecks.Opening(_openingTrouble));
        if (_openingTrouble is not null) return null;
        HelloPacket? hello = (answer as LinkUp)?.Hello;
        IReadOnlyList<RateAttempt>? attempts = null;
        if (hello?.Capabilities.HasFlag(DeviceCapabilities.Rates) == true
            && await interview.NextAsync(RateTime, linkEvent => linkEvent is RateSettled, stop) is RateSettled settled)
            (hello, attempts) = (settled.Hello, settled.Attempts);
        Finding baud = ConnectionChecks.Baud(interview.Statistics, hello?.BaudRateBitsPerSecond, link.BaudRatesBitsPerSecond, attempts);
        Add(baud);
        if (baud.Outcome == FindingOutcome.Failed) return null;
        Add(ConnectionChecks.Hello(hello, answer is LinkDown down ? new LinkTrouble(down.Fault, down.Reason) : null));
        return hello;
    }

    private async Task ExamineAsync(Interview interview, HelloPacket hello, CancellationToken stop)
    {
        try
        {
            await ExamineCameraAsync(interview, hello, stop);
        }
        catch (OperationCanceledException)
        {
            using var limit = new CancellationTokenSource(RestoringTime, time);
            await RestoreAsync(interview, hello, limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }
        if (interview.LostBecause is { } reason && _findings.All(finding => finding.Check != Checks.Cable)) Add(PictureChecks.Lost(reason));
    }

    private async Task ExamineCameraAsync(Interview interview, HelloPacket hello, CancellationToken stop)
    {
        SelfExamination? self = await ExamineItselfAsync(interview, hello, stop);
        if (interview.IsLost) return;
        LinkStatistics before = interview.Statistics;
        Add(DeviceChecks.Sensor(self, interview.Remarks));
        if (self is null) return;
        Add(DeviceChecks.Supply(self));
        Add(DeviceChecks.Button(self, await WasPressedAsync(interview, stop)));
        if (!self.SendsFrames) return;

        await LookAtBarsAsync(interview, hello, stop);
        if (interview.IsLost) return;
        IReadOnlyList<FrameReceived> frames = await LookAtTheDoorAsync(interview, hello, stop);
        if (interview.IsLost) return;
        LinkStatistics after = interview.Statistics;
        Add(PictureChecks.Cable(
            after.PacketsAccepted - before.PacketsAccepted,
            after.CrcFailures + after.OversizedPackets - before.CrcFailures - before.OversizedPackets,
            after.FramesRefused - before.FramesRefused));
        if (frames.Count == 0)
        {
            Add(PictureChecks.Brightness(null));
            return;
        }
        PixelBuffer picture = PictureSharpness.Average([.. frames.Select(frame => frame.Frame.Pixels)]);
        var light = PictureLight.Of(picture);
        Finding brightness = PictureChecks.Brightness(light, isShortestExposure: frames[^1].End is { ExposureRows: <= 1 });
        Add(brightness);
        // In what is black, white or covered there is nothing to be sharp.
        if (brightness.Outcome != FindingOutcome.Failed) Add(PictureChecks.Focus(PictureSharpness.Of(picture), light));
    }

    /// <summary>What the device says of a start not long ago; it is started again when that was not heard.</summary>
    private static async Task<SelfExamination?> ExamineItselfAsync(Interview interview, HelloPacket hello, CancellationToken stop)
    {
        StatusPacket? status = await AskForStatusAsync(interview, stop);
        if (status is not { } first || first.UptimeSeconds > RecentStart.TotalSeconds || interview.Remarks.Count == 0)
        {
            await interview.SendAsync(HostCommand.Reset, stop);
            await interview.NextAsync(SelfExaminationTime,
                linkEvent => linkEvent is HelloReceived started && started.Hello.Boot != hello.Boot, stop);
            status = await AskForStatusAsync(interview, stop) ?? status;
        }
        return status is { } last ? SelfExamination.Of(last, interview.Remarks) : null;
    }

    private static async Task<StatusPacket?> AskForStatusAsync(Interview interview, CancellationToken stop)
    {
        await interview.SendAsync(HostCommand.Status, stop);
        LinkEvent? answer =
            await interview.NextAsync(SelfExaminationTime,
                linkEvent => linkEvent is StatusReceived { Status.ChecksRun: not SensorChecks.None }, stop);
        return (answer as StatusReceived)?.Status;
    }

    private async Task<bool?> WasPressedAsync(Interview interview, CancellationToken stop)
    {
        if (WaitForPress is not { } limit) return interview.HeardBell ? true : null;
        AskForPress();
        return await interview.NextAsync(limit, linkEvent => linkEvent is BellReceived, stop) is not null;
    }

    private async Task LookAtBarsAsync(Interview interview, HelloPacket hello, CancellationToken stop)
    {
        if (!hello.Capabilities.HasFlag(DeviceCapabilities.TestBars | DeviceCapabilities.Modes)) return;
        bool isReady = await interview.SendAsync(HostCommand.SetMode(ColourMode), stop)
            && await interview.SendAsync(HostCommand.TestBarsOn, stop)
            && await interview.SendAsync(HostCommand.Capture, stop);
        LinkEvent? bars = isReady
            ? await interview.NextAsync(FrameTime, linkEvent => IsBars(linkEvent) || linkEvent is FrameRefused, stop)
            : null;
        // When the doorbell has gone, the link says so a moment later.
        if (!isReady) await interview.NextAsync(MomentToTell, linkEvent => linkEvent is LinkDown, stop);
        // A frame lost on the line is asked for once more; the cable has a check of its own.
        if (bars is FrameRefused && await interview.SendAsync(HostCommand.Capture, stop))
            bars = await interview.NextAsync(FrameTime, linkEvent => IsBars(linkEvent) || linkEvent is FrameRefused, stop);
        if (!interview.IsLost) Add(PictureChecks.Bars(bars is FrameReceived received ? TestBarsReading.Of(received.Frame.Pixels) : null));
        await interview.SendAsync(HostCommand.TestBarsOff, stop);
        await interview.SendAsync(HostCommand.SetMode(hello.Mode), stop);
    }

    private static async Task<IReadOnlyList<FrameReceived>> LookAtTheDoorAsync(Interview interview, HelloPacket hello,
        CancellationToken stop)
    {
        List<FrameReceived> frames = [];
        int refused = 0;
        if (!await interview.SendAsync(HostCommand.StreamOn, stop)) return frames;
        while (frames.Count < FramesForFocus && refused < MostRefusedFrames)
        {
            LinkEvent? next = await interview.NextAsync(FrameTime, linkEvent => linkEvent is FrameReceived or FrameRefused, stop);
            if (next is null) break;
            if (next is FrameRefused) refused++;
            if (next is FrameReceived { ShowsTestBars: false } frame && frame.Frame.Pixels.Width == hello.Width) frames.Add(frame);
        }
        await interview.SendAsync(HostCommand.StreamOff, stop);
        return frames;
    }

    private static async Task RestoreAsync(Interview interview, HelloPacket hello, CancellationToken limit)
    {
        await interview.SendAsync(HostCommand.StreamOff, limit);
        await interview.SendAsync(HostCommand.TestBarsOff, limit);
        await interview.SendAsync(HostCommand.SetMode(hello.Mode), limit);
    }

    private static bool IsBars(LinkEvent linkEvent) =>
        linkEvent is FrameReceived { ShowsTestBars: true, Frame.Pixels.Format: PixelFormat.Yuv422 };

    private void Add(Finding finding)
    {
        _findings.Add(finding);
        tell(finding);
    }
}
