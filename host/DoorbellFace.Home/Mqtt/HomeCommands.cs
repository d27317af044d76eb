using System.Globalization;
using System.Text;
using System.Threading.Channels;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Languages;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Home.Mqtt;

/// <summary>
/// Does what comes over the broker, one thing after the other on a task of its own: a look takes seconds, and the line must not wait for
/// it. What cannot be done is said aloud, because whoever pressed a button on a telephone gets no other answer.
/// </summary>
internal sealed class HomeCommands
{
    /// <summary>The commands, as they stand in their topics.</summary>
    public const string Look = "look", SayAgain = "say_again", SelfTest = "self_test", Speak = "speak", Correct = "correct", Mute = "mute",
        Volume = "volume", Rate = "rate";

    /// <summary>More is no command.</summary>
    private const int LongestPayload = 2048;

    /// <summary>More do not wait.</summary>
    private const int MostWaiting = 16;

    private readonly Channel<(string Command, string Text)> _waiting = Channel.CreateBounded<(string, string)>(MostWaiting);
    private readonly HomeHouse _house;
    private readonly HomeState _state;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private long _done, _refused;

    public HomeCommands(HomeHouse house, HomeState state, TimeProvider time, ILogger log) =>
        (_house, _state, _time, _log) = (house, state, time, log);

    /// <summary>Commands that were done.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>
    /// Commands that nobody knows, that were retained or too long, that could not be done, or that came while too many waited.
    /// </summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>A command has come; returns at once.</summary>
    /// <param name="command">Its name.</param>
    /// <param name="payload">What belongs to it.</param>
    /// <param name="isRetained">The broker had kept it: it was meant for another time, and would be done again at each start.</param>
    public void Offer(string command, ReadOnlySpan<byte> payload, bool isRetained)
    {
        if (!isRetained && payload.Length <= LongestPayload && _waiting.Writer.TryWrite((command, Encoding.UTF8.GetString(payload).Trim())))
            return;
        Interlocked.Increment(ref _refused);
        _log.LogWarning(
            "The command \"{Command}\" of the broker was not done: {Reason}.", command, isRetained
                ? "it was retained"
                : payload.Length > LongestPayload ? "it is too long" : "too many wait already");
    }

    /// <summary>Does commands until it is stopped.</summary>
    public async Task RunAsync(IDoorRequests door, CancellationToken stop)
    {
        await foreach ((string command, string text) in _waiting.Reader.ReadAllAsync(stop).ConfigureAwait(false))
        {
            try
            {
                await DoAsync(door, command, text, stop).ConfigureAwait(false);
                Interlocked.Increment(ref _done);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever a command leads to, the next one is done.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.Increment(ref _refused);
                _log.LogWarning("The command \"{Command}\" of the broker could not be done: {Reason}", command, error.Message);
            }
        }
    }

    private async Task DoAsync(IDoorRequests door, string command, string text, CancellationToken stop)
    {
        switch (command)
        {
            case Look:
                await LookAsync(door, stop).ConfigureAwait(false);
                break;
            case SayAgain:
                if (door.SayAgain() is null) door.Say(_house.Language.Say(Sentence.NoVisitYet));
                break;
            case SelfTest:
                string? fault = await LookAsync(door, stop).ConfigureAwait(false) ?? door.Status.Trouble;
                _state.Tested(fault, _time.GetUtcNow());
                break;
            case Speak:
                door.Say(text);
                break;
            case Correct:
                await CorrectAsync(door, text).ConfigureAwait(false);
                break;
            case Mute:
                Change("muted", text.Equals("ON", StringComparison.OrdinalIgnoreCase)
                    ? "yes"
                    : text.Equals("OFF", StringComparison.OrdinalIgnoreCase) ? "no" : text);
                break;
            case Volume:
                Change("volume", Whole(text));
                break;
            case Rate:
                Change("pace", Whole(text));
                break;
            default:
                throw new DoorbellException(ErrorKind.InvalidValue, "there is no such command.");
        }
    }

    /// <returns>Why nothing came of it, as a sentence; null when all is well.</returns>
    private async Task<string?> LookAsync(IDoorRequests door, CancellationToken stop)
    {
        try
        {
            await door.LookAsync(stop).ConfigureAwait(false);
            return null;
        }
        catch (DoorbellException error)
        {
            door.Say(_house.Language.Say(door.Status.IsUp ? Sentence.UnseenNoPicture : Sentence.NoAnswer));
            return error.Message;
        }
    }

    /// <summary>Networks are loaded for it: off this task, whose other commands are short.</summary>
    private async Task CorrectAsync(IDoorRequests door, string text)
    {
        // Home Assistant sends the empty text of a field that is cleared.
        if (text.Length == 0) return;
        try
        {
            CorrectionReport report = await Task.Run(() => _house.Correction.Correct(text, _time.GetUtcNow())).ConfigureAwait(false);
            if (report.IsLearnt) _state.Corrected(report.Visit.Id, report.Name);
            door.Say(report.Answer);
        }
        catch (DoorbellException)
        {
            door.Say(_house.Language.Say(Sentence.NotCorrected, ("name", _house.Language.NameIn(text, out _) ?? text)));
            throw;
        }
    }

    private void Change(string rule, string value) =>
        _house.Rules.Change(rules =>
            RulesEdit.Set(rules, rule, value, name => throw new DoorbellException(ErrorKind.NotFound, $"There is no {name}.")));

    /// <summary>Home Assistant writes whole numbers as "60" or "60.0".</summary>
    private static string Whole(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && Math.Abs(number) < 10_000
        ? Math.Round(number).ToString(CultureInfo.InvariantCulture)
        : text;
}
