using System.Device.Gpio;
using System.Runtime.CompilerServices;
using DoorbellFace.Application;
using DoorbellFace.Core.Languages;
using DoorbellFace.Gpio.Display;

namespace DoorbellFace.Gpio;

/// <summary>What came of trying a part.</summary>
/// <param name="Part">Which.</param>
/// <param name="Trouble">Why it does not work, as a sentence; null when it was switched, or its button pressed.</param>
/// <param name="Remark">What else there is to say, as a sentence; null when there is nothing.</param>
public sealed record WiredTrialResult(WiredPart Part, string? Trouble, string? Remark = null);

/// <summary>Tries each part that is wired, one after another, without a door.</summary>
/// <param name="options">What is wired, and where.</param>
/// <param name="board">The pins.</param>
/// <param name="language">What the display shows is in it.</param>
/// <param name="time">The clock.</param>
public sealed class WiredTrial(GpioOptions options, GpioBoard board, Language language, TimeProvider time)
{
    /// <summary>How long a button is waited for.</summary>
    public static readonly TimeSpan ButtonPatience = TimeSpan.FromSeconds(15);

    /// <summary>How long chime, light and display are on.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromSeconds(3);

    /// <summary>Tries them.</summary>
    /// <param name="begins">Told of each part before it is tried: whoever listens, looks or presses has to know.</param>
    /// <param name="stop">Breaks it off.</param>
    public async IAsyncEnumerable<WiredTrialResult> RunAsync(Action<WiredPart> begins, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (WiredPart part in options.Parts)
        {
            begins(part);
            yield return await TryAsync(part, stop).ConfigureAwait(false);
        }
    }

    private async Task<WiredTrialResult> TryAsync(WiredPart part, CancellationToken stop)
    {
        Exception? failed = null;
        try
        {
            using GpioController? controller =
                part == WiredPart.Display && options.Display.I2c is not null ? null : board.Open(options.Chip);
            string? remark = part switch
            {
                WiredPart.Bell =>
                    await PressAsync(controller!, options.BellPin!.Value, error => failed = error, stop).ConfigureAwait(false),
                WiredPart.Again =>
                    await PressAsync(controller!, options.AgainPin!.Value, error => failed = error, stop).ConfigureAwait(false),
                WiredPart.Relay => await SwitchAsync(
                    GpioBoard.Guard(() => new TimedOutput(controller!, options.RelayPin!.Value, options.IsRelayActiveLow,
                        TimeSpan.FromMilliseconds(options.RelayMilliseconds), time, error => failed = error)), relay => relay.On(), stop)
                    .ConfigureAwait(false),
                WiredPart.Light => await SwitchAsync(
                    GpioBoard.Guard(() => new TimedOutput(
                        controller!, options.LightPin!.Value, options.IsLightActiveLow, Shown, time, error => failed = error)),
                    light => light.On(), stop).ConfigureAwait(false),
                WiredPart.Buzzer => await SwitchAsync(
                    GpioBoard.Guard(() => new BuzzerChime(controller!, options.BuzzerPin!.Value, time, error => failed = error)),
                    buzzer => buzzer.Sound(), stop).ConfigureAwait(false),
                _ => await DisplayAsync(controller, error => failed = error, stop).ConfigureAwait(false),
            };
            return new WiredTrialResult(part, failed is null ? null : GpioBoard.SentenceOf(failed), remark);
        }
        catch (DoorbellException error)
        {
            return new WiredTrialResult(part, error.Message);
        }
    }

    private async Task<string?> PressAsync(GpioController controller, int pin, Action<Exception> failed, CancellationToken stop)
    {
        var pressed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using ContactButton button = GpioBoard.Guard(() => new ContactButton(controller, pin, time, () => pressed.TrySetResult(), failed));
        try
        {
            await pressed.Task.WaitAsync(ButtonPatience, time, stop).ConfigureAwait(false);
            return null;
        }
        catch (TimeoutException)
        {
            throw new DoorbellException(
                ErrorKind.MissingPart, $"No press came in {ButtonPatience.TotalSeconds:0} seconds. The button belongs between pin {pin} "
                + "and ground.");
        }
    }

    private async Task<string?> SwitchAsync<T>(T part, Action<T> on, CancellationToken stop)
        where T : IDisposable
    {
        using (part)
        {
            on(part);
            await Task.Delay(Shown, time, stop).ConfigureAwait(false);
            return null;
        }
    }

    private async Task<string?> DisplayAsync(GpioController? controller, Action<Exception> failed, CancellationToken stop)
    {
        string? remark = null;
        CharacterDisplay display = GpioBoard.Guard(() => new CharacterDisplay(
            () => DisplayLine.Open(options, board, () => controller!), options.Display, language, time, failed,
            lost => remark = $"It has no letters for {string.Join(' ', lost.Distinct())}."));
        await using (display.ConfigureAwait(false))
        {
            display.Show(language.Say(Sentence.TrialMessage));
            await Task.Delay(Shown + Shown, time, stop).ConfigureAwait(false);
        }
        return remark;
    }
}
