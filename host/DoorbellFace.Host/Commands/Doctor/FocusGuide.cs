using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>
/// Says how sharp the picture is while somebody turns the lens (hardware/focusing.md): so that who does not see can do it, too. Asks for
/// frame after frame until it is stopped.
/// </summary>
/// <param name="link">How to find and open the doorbell.</param>
/// <param name="time">The clock.</param>
/// <param name="voice">Says it.</param>
internal sealed class FocusGuide(DoorbellLinkOptions link, TimeProvider time, DoctorVoice voice)
{
    /// <summary>A word about a frame that is older than this would mislead the hand at the lens.</summary>
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan FrameTime = TimeSpan.FromSeconds(15), RestoringTime = TimeSpan.FromSeconds(3);

    /// <summary>Guides until <paramref name="stop"/> is set or the doorbell goes away.</summary>
    /// <param name="tell">Is told what keeps it from beginning or from going on.</param>
    /// <param name="stop">Ends it.</param>
    public async Task RunAsync(Action<Finding> tell, CancellationToken stop)
    {
        var line = new DoorbellLink(link with { AsksForFasterMode = false }, time, NullLogger.Instance);
        await using (line)
        {
            var interview = new Interview(line, time);
            await using (interview)
            {
                TimeSpan limit = link.HelloWait + (link.BaudRatesBitsPerSecond.Count * 20 * link.HelloAnswer);
                LinkEvent? answer = await interview.NextAsync(limit, linkEvent => linkEvent is LinkUp or LinkDown, stop);
                if (answer is not LinkUp || !await interview.SendAsync(HostCommand.StreamOn, stop))
                {
                    tell(Finding.Fail(Checks.Hello, "The doorbell does not answer.", "Call the doctor without the focus mode: it says why.",
                        (answer as LinkDown)?.Reason));
                    return;
                }
                voice.Say(
                    "Turn the lens slowly, a little at a time. I say how sharp the picture is, from 0 to 100, and when "
                    + "it was at its best.");
                await GuideAsync(interview, tell, stop);
            }
        }
    }

    private async Task GuideAsync(Interview interview, Action<Finding> tell, CancellationToken stop)
    {
        var course = new FocusCourse();
        try
        {
            while (true)
            {
                LinkEvent? next = await interview.NextAsync(FrameTime, linkEvent => linkEvent is FrameReceived, stop);
                if (next is not FrameReceived frame)
                {
                    tell(interview.LostBecause is { } reason ? PictureChecks.Lost(reason) : PictureChecks.Brightness(null));
                    return;
                }
                voice.SayNow(course.Next(PictureSharpness.Of(frame.Frame.Pixels)), time.GetUtcNow() + FreshFor);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The lens is as it should be: this is how it ends.
            using var limit = new CancellationTokenSource(RestoringTime, time);
            await ((Task)interview.SendAsync(HostCommand.StreamOff, limit.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
