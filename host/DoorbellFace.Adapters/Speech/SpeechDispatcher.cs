using System.Globalization;
using System.Net.Sockets;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Sentences spoken by speech-dispatcher, the service through which screen readers speak: with the voice, speed and sound output that the
/// user has chosen there for everything. It has a queue of its own; ours are "important", which lets nothing but a more important one pass.
/// </summary>
/// <remarks>
/// The protocol is SSIP, as the documentation of speech-dispatcher 0.11 has it ("SSIP, Speech Synthesis Interface Protocol"). The line is
/// opened for the first sentence and again after a fault.
/// </remarks>
public sealed class SpeechDispatcher : ISentenceOutput
{
    /// <summary>A service that does not answer, or does not begin to speak, within this hangs.</summary>
    public static readonly TimeSpan UsualLimit = TimeSpan.FromSeconds(2);

    /// <summary>The slowest voice needs less for a letter; what lasts longer than this hangs.</summary>
    private static readonly TimeSpan LongestLetter = TimeSpan.FromMilliseconds(400);

    private readonly string _socketPath;
    private readonly string _language;
    private readonly TimeSpan _limit;
    private SpeechDispatcherLine? _line;

    /// <summary>Takes the service's socket.</summary>
    /// <param name="language">What is said is said in it: a tag such as "en".</param>
    /// <param name="socketPath">Its file; null: where the service keeps it for this user.</param>
    /// <param name="limit">How long an answer may take; null: <see cref="UsualLimit"/>.</param>
    public SpeechDispatcher(string language, string? socketPath = null, TimeSpan? limit = null) =>
        (_language, _socketPath, _limit) = (language, socketPath ?? UsualSocket(), limit ?? UsualLimit);

    /// <inheritdoc/>
    public string Description => "speech-dispatcher";

    /// <inheritdoc/>
    public IPlayback Begin(SpokenSentence sentence, CancellationToken cancellation)
    {
        try
        {
            SpeechDispatcherLine line = _line ??= Open(cancellation);
            if (sentence.WordsPerMinute is { } pace) line.Ask($"SET SELF RATE {RateOf(pace)}", cancellation);
            line.Ask(string.Create(CultureInfo.InvariantCulture, $"SET SELF VOLUME {(sentence.LoudnessPercent * 2) - 100}"), cancellation);
            string message = line.Speak(SpokenText.Clean(sentence.Text), cancellation);
            line.WaitForBegin(message, _limit, cancellation);
            return new Playback(this, line, message, _limit + (LongestLetter * sentence.Text.Length));
        }
        catch (OperationCanceledException)
        {
            Close();
            throw;
        }
        catch (Exception fault) when (fault is SpeechException or SocketException or IOException)
        {
            Close();
            throw fault as SpeechException ?? new SpeechException(
                $"speech-dispatcher cannot be reached at {_socketPath}: {fault.Message}. It runs for the user who is logged in: "
                + "install it (sudo apt-get install speech-dispatcher) and try `spd-say hello`.", fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <summary>Where speech-dispatcher keeps its socket for this user.</summary>
    /// <remarks>As its own clients look for it: SPEECHD_ADDRESS, then the user's runtime folder, then the cache folder.</remarks>
    internal static string UsualSocket()
    {
        const string Prefix = "unix_socket:";
        if (Environment.GetEnvironmentVariable("SPEECHD_ADDRESS") is { } address && address.StartsWith(Prefix, StringComparison.Ordinal))
            return address[Prefix.Length..];
        string folder = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime ? runtime
            : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine(folder, "speech-dispatcher", "speechd.sock");
    }

    /// <summary>
    /// SSIP's speed, -100 to 100, for words a minute: what its espeak-ng module makes of it by Debian's settings (least 80, usual 170, most
    /// 449). Other voices come near.
    /// </summary>
    internal static string RateOf(int wordsPerMinute)
    {
        const double Least = 80, Usual = 170, Most = 449;
        double rate = wordsPerMinute < Usual ? (wordsPerMinute - Usual) / (Usual - Least) : (wordsPerMinute - Usual) / (Most - Usual);
        return Math.Clamp(Math.Round(rate * 100), -100, 100).ToString("0", CultureInfo.InvariantCulture);
    }

    private SpeechDispatcherLine Open(CancellationToken cancellation)
    {
        SpeechDispatcherLine line = SpeechDispatcherLine.Open(_socketPath, _limit);
        try
        {
            line.Ask($"SET SELF CLIENT_NAME {Environment.UserName}:doorbellface:main", cancellation);
            line.Ask($"SET SELF LANGUAGE {_language}", cancellation);
            line.Ask("SET SELF PRIORITY important", cancellation);
            line.Ask("SET SELF NOTIFICATION ALL on", cancellation);
            return line;
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    private void Close()
    {
        _line?.Dispose();
        _line = null;
    }

    private sealed class Playback(SpeechDispatcher owner, SpeechDispatcherLine line, string message, TimeSpan limit) : IPlayback
    {
        private bool _isOver;

        public void Finish(CancellationToken cancellation)
        {
            try
            {
                line.WaitForEnd(message, limit, cancellation);
                _isOver = true;
            }
            catch (Exception fault) when (fault is SocketException or IOException)
            {
                throw new SpeechException($"speech-dispatcher has ended in the middle of a sentence: {fault.Message}.", fault);
            }
        }

        // Whatever still sounds goes with the line, and nothing is waited for: the bell may be next.
        public void Dispose()
        {
            if (!_isOver) owner.Close();
        }
    }
}
