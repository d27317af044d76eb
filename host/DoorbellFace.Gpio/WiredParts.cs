using System.Device.Gpio;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;
using DoorbellFace.Gpio.Display;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Gpio;

/// <summary>
/// What is wired to this computer, as a part of a running door: buttons ask things of it, chime and light follow its chime, and the display
/// shows what it says. A part that fails is logged, spoken of once, and costs itself alone. Thread-safe.
/// </summary>
public sealed class WiredParts : IDoorSubscriber, IDoorAsker, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly GpioOptions _options;
    private readonly GpioBoard _board;
    private readonly Language _language;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HashSet<WiredPart> _failed = [];
    private GpioController? _controller;
    private ContactButton? _bell, _again;
    // Opened and closed by the task that runs; the bell and the events use them meanwhile, and each bears being used when it is over.
    private volatile TimedOutput? _relay, _light;
    private volatile BuzzerChime? _buzzer;
    private volatile CharacterDisplay? _display;
    private volatile IDoorRequests? _door;

    /// <summary>Makes the parts; nothing is opened before the door runs.</summary>
    /// <param name="options">What is wired, and where.</param>
    /// <param name="board">The pins.</param>
    /// <param name="language">What is said and shown is in it.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For faults.</param>
    public WiredParts(GpioOptions options, GpioBoard board, Language language, TimeProvider time, ILogger log) =>
        (_options, _board, _language, _time, _log) = (options, board, language, time, log);

    /// <summary>Whether parts work; told by a trial and by tests.</summary>
    internal IReadOnlySet<WiredPart> Failed
    {
        get
        {
            lock (_gate) return _failed.ToHashSet();
        }
    }

    /// <inheritdoc cref="IDoorSubscriber.Name"/>
    public string Name => "what is wired to this computer";

    /// <summary>The bell sounds: so do relay and buzzer, and light and display show it. Returns at once and never throws.</summary>
    public void Chime()
    {
        _relay?.On();
        _light?.On();
        _buzzer?.Sound();
        _display?.Show(_language.Say(Sentence.BellRings));
    }

    /// <inheritdoc/>
    public async Task RunAsync(IDoorRequests door, CancellationToken stop)
    {
        _door = door;
        foreach (WiredPart part in _options.Parts) Open(part);
        try
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (ShownOf(happened) is { } shown) _display?.Show(shown);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// What the display shows of an event; null: nothing. What a rule keeps from being said is not shown either; what is said of no visit
    /// (the cable is out) is shown when it sounds.
    /// </summary>
    internal static string? ShownOf(DoorEvent happened) => happened switch
    {
        VisitChanged { Happened: VisitorIdentified, Says: { } says } => says.Text,
        SentenceSounded { Visit: null } sentence => sentence.Text,
        _ => null,
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _bell?.Dispose();
        _again?.Dispose();
        _relay?.Dispose();
        _light?.Dispose();
        _buzzer?.Dispose();
        CharacterDisplay? display = _display;
        (_bell, _again, _relay, _light, _buzzer, _display) = (null, null, null, null, null, null);
        if (display is not null) await display.DisposeAsync().ConfigureAwait(false);
        _controller?.Dispose();
        _controller = null;
    }

    private void Open(WiredPart part)
    {
        try
        {
            GpioBoard.Guard(() => Make(part));
        }
        catch (DoorbellException error)
        {
            Fail(part, error);
        }
    }

    private bool Make(WiredPart part)
    {
        switch (part)
        {
            case WiredPart.Bell:
                _bell = Button(part, _options.BellPin!.Value, door => door.Ring());
                break;
            case WiredPart.Again:
                _again = Button(part, _options.AgainPin!.Value, door => door.SayAgain());
                break;
            case WiredPart.Relay:
                _relay = new TimedOutput(
                    Controller(), _options.RelayPin!.Value, _options.IsRelayActiveLow,
                        TimeSpan.FromMilliseconds(_options.RelayMilliseconds), _time, Failing(part));
                break;
            case WiredPart.Buzzer:
                _buzzer = new BuzzerChime(Controller(), _options.BuzzerPin!.Value, _time, Failing(part));
                break;
            case WiredPart.Light:
                _light = new TimedOutput(
                    Controller(), _options.LightPin!.Value, _options.IsLightActiveLow, TimeSpan.FromSeconds(_options.LightSeconds), _time,
                        Failing(part));
                break;
            default:
                _display = new CharacterDisplay(
                    () => DisplayLine.Open(_options, _board, Controller), _options.Display, _language, _time, Failing(part), Lost);
                break;
        }
        return true;
    }

    private ContactButton Button(WiredPart part, int pin, Action<IDoorRequests> asks) =>
        new(Controller(), pin, _time, () => Ask(part, asks), Failing(part));

    private GpioController Controller() => _controller ??= _board.Open(_options.Chip);

    /// <summary>What a button asks; that nothing has been said yet, or that much is asked at once, is no fault of the button.</summary>
    private void Ask(WiredPart part, Action<IDoorRequests> ask)
    {
        try
        {
            ask(_door!);
        }
        catch (DoorbellException error)
        {
            _log.LogWarning("{Part}: {Reason}", Words(part), error.Message);
        }
    }

    private Action<Exception> Failing(WiredPart part) => error => Fail(part, error);

    private void Fail(WiredPart part, Exception error)
    {
        lock (_gate) if (!_failed.Add(part)) return;
        _log.LogError("What is wired at {Place} does not work ({Part}): {Reason}", _options.PlaceOf(part), Words(part),
            GpioBoard.SentenceOf(error));
        try
        {
            _door?.Say(_language.Say(Sentence.WiredPartFails, ("part", Words(part))));
        }
        catch (DoorbellException)
        {
            // It is in the log.
        }
    }

    private void Lost(IReadOnlyList<string> letters) => _log.LogWarning(
        "The display has no letters for {Letters}, and shows {Sign} for each.", string.Join(' ', letters.Distinct()), Letters.Unknown);

    private string Words(WiredPart part) => _language.Say(WiredPartWords.SentenceOf(part));
}
