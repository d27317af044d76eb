using System.Drawing;
using System.Threading.Channels;
using DoorbellFace.Core.Languages;
using Iot.Device.CharacterLcd;

namespace DoorbellFace.Gpio.Display;

/// <summary>
/// Shows sentences on a character display, page after page, and is dark while there is nothing to show. One task owns the display; of
/// texts that wait only the newest counts. A display that fails is set up again for the next text.
/// </summary>
internal sealed class CharacterDisplay : IAsyncDisposable
{
    /// <summary>How long a page stays: two lines are read in less.</summary>
    public static readonly TimeSpan PageLasts = TimeSpan.FromSeconds(3);

    /// <summary>How long a text stays, page after page from the beginning.</summary>
    public static readonly TimeSpan TextLasts = TimeSpan.FromSeconds(60);

    private readonly Channel<string> _texts = Channel.CreateBounded<string>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LcdInterface> _open;
    private readonly DisplayText _text;
    private readonly Size _size;
    private readonly TimeProvider _time;
    private readonly Action<Exception> _failed;
    private readonly Action<IReadOnlyList<string>> _lost;
    private readonly Task _working;
    private Hd44780? _display;

    /// <summary>Sets the display up.</summary>
    /// <param name="open">Reaches it, each time that it is set up.</param>
    /// <param name="options">How large it is.</param>
    /// <param name="language">What is shown is in it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="failed">Called when it cannot be written.</param>
    /// <param name="lost">Told which letters could not be shown.</param>
    public CharacterDisplay(Func<LcdInterface> open, DisplayOptions options, Language language, TimeProvider time,
        Action<Exception> failed, Action<IReadOnlyList<string>> lost)
    {
        (_open, _time, _failed, _lost) = (open, time, failed, lost);
        _size = new Size(options.Columns, options.Rows);
        _text = new DisplayText(options.Columns, options.Rows, language.IsRightToLeft);
        _display = SetUp();
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Shows a text in place of what is shown. Returns at once and never throws.</summary>
    public void Show(string text) => _texts.Writer.TryWrite(text);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _working.ConfigureAwait(false);
        _stop.Dispose();
    }

    private Hd44780 SetUp()
    {
        LcdInterface line = _open();
        try
        {
            return new Hd44780(_size, line) { BacklightOn = false };
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    private async Task WorkAsync()
    {
        try
        {
            while (true) await ShowAsync(await _texts.Reader.ReadAsync(_stop.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The door closes.
        }
        finally
        {
            Try(Darken);
            _display?.Dispose();
        }
    }

    private async Task ShowAsync(string text)
    {
        IReadOnlyList<DisplayPage> pages = _text.Pages(text, out IReadOnlyList<string> lost);
        if (lost.Count > 0) _lost(lost);
        if (pages.Count == 0) return;
        long begun = _time.GetTimestamp();
        for (int i = 0; _time.GetElapsedTime(begun) < TextLasts; i = (i + 1) % pages.Count)
        {
            DisplayPage page = pages[i];
            Try(() => Write(page));
            if (await IsFollowedAsync(pages.Count > 1 ? PageLasts : TextLasts).ConfigureAwait(false)) return;
        }
        Try(Darken);
    }

    /// <summary>Waits; whether another text has come.</summary>
    private async Task<bool> IsFollowedAsync(TimeSpan wait)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task<bool> next = _texts.Reader.WaitToReadAsync(over.Token).AsTask();
        await Task.WhenAny(next, Task.Delay(wait, _time, over.Token)).ConfigureAwait(false);
        _stop.Token.ThrowIfCancellationRequested();
        bool isFollowed = next.IsCompletedSuccessfully;
        await over.CancelAsync().ConfigureAwait(false);
        await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return isFollowed;
    }

    private void Write(DisplayPage page)
    {
        Hd44780 display = _display ??= SetUp();
        display.Clear();
        for (int i = 0; i < page.Shapes.Count; i++) display.CreateCustomCharacter(i, page.Shapes[i]);
        for (int row = 0; row < page.Lines.Count; row++)
        {
            display.SetCursorPosition(0, row);
            display.Write(page.Lines[row].AsSpan());
        }
        display.BacklightOn = true;
    }

    private void Darken()
    {
        if (_display is null) return;
        _display.Clear();
        _display.BacklightOn = false;
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
#pragma warning disable CA1031 // Whatever a display does, the door goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _failed(error);
            // What a display that lost its power still shows is anybody's guess: it is set up from the beginning.
            try
            {
                _display?.Dispose();
            }
#pragma warning disable CA1031
            catch (Exception)
#pragma warning restore CA1031
            {
                // It is gone; nothing can be left in order.
            }
            _display = null;
        }
    }
}
