using System.Globalization;
using System.Threading.Channels;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Languages;

namespace DoorbellFace.Host.Commands.Setup;

/// <summary>What an answer asks for, whatever the question is.</summary>
internal enum ReplyKind
{
    /// <summary>It answers the question.</summary>
    Answer,

    /// <summary>The step is to be left out.</summary>
    Skip,

    /// <summary>The step before is to come again.</summary>
    Back,

    /// <summary>The set-up is to end for now.</summary>
    Stop,
}

/// <summary>An answer.</summary>
/// <param name="Kind">What it asks for.</param>
/// <param name="Text">What was typed; empty for Enter alone.</param>
internal readonly record struct Reply(ReplyKind Kind, string Text);

/// <summary>
/// The set-up's side of a conversation: every sentence is spoken and stands on a line of its own, and answers are lines that are typed, so
/// that a braille line serves as well as a loudspeaker. Nothing is ever drawn anew.
/// </summary>
/// <param name="words">Where sentences are written.</param>
/// <param name="create">Makes a speaker.</param>
internal sealed class SetupTalk(TextWriter words, Func<SpeechOptions, SpeechQueue> create) : IAsyncDisposable
{
    private const string AgainKey = "0", SkipKey = "7", BackKey = "8", StopKey = "9";

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private SpeechQueue? _speaker;
    private int _said;

    /// <summary>The language of its sentences.</summary>
    public Language Language { get; private set; } = Language.English;

    /// <summary>How it speaks.</summary>
    public SpeechOptions Speech { get; private set; } = new();

    /// <summary>The voice, for others who speak meanwhile: two would talk at the same time.</summary>
    public SpeechQueue Speaker => _speaker!;

    /// <summary>Reads answers until they end, on a thread of its own: a line that is awaited cannot be called off.</summary>
    public void Listen(TextReader answers) => new Thread(() =>
    {
        while (answers.ReadLine() is { } line) _lines.Writer.TryWrite(line.Trim());
        _lines.Writer.TryComplete();
    })
    { Name = "answers", IsBackground = true }.Start();

    /// <summary>Speaks so from now on. What was to be said before is said first.</summary>
    public async Task UseAsync(Language language, SpeechOptions speech, CancellationToken stop)
    {
        if (_speaker is not null)
        {
            await _speaker.DrainAsync(stop);
            await _speaker.DisposeAsync();
        }
        (Language, Speech) = (language, speech);
        _speaker = create(speech);
    }

    /// <summary>Says a sentence.</summary>
    public void Say(Sentence sentence, params ReadOnlySpan<(string Placeholder, string Words)> placeholders) =>
        Say(Language.Say(sentence, placeholders));

    /// <summary>Says something.</summary>
    public void Say(string text)
    {
        Write(text);
        // A key of its own, and High: whatever is asked again is said again.
        _speaker!.Speak(new Announcement(text, AnnouncementPriority.High,
            string.Create(CultureInfo.InvariantCulture, $"setup/{_said++}")));
    }

    /// <summary>Writes a line that something else says.</summary>
    public void Write(string text)
    {
        lock (_lines) words.WriteLine(text);
    }

    /// <summary>Sounds the bell.</summary>
    public void Chime() => _speaker!.Chime();

    /// <summary>Waits until all is said.</summary>
    public Task DrainAsync(CancellationToken stop) => _speaker!.DrainAsync(stop);

    /// <summary>Asks, as often as that is asked for.</summary>
    /// <param name="ask">Says the question.</param>
    /// <param name="isAnswer">Whether a text answers it; without it Enter alone does.</param>
    /// <param name="stop">Ctrl-C.</param>
    public async Task<Reply> AskAsync(Action ask, Func<string, bool>? isAnswer, CancellationToken stop)
    {
        ask();
        while (true)
        {
            // Answers that have ended, such as a pipe's, stop the set-up and do not go round in it.
            string text = await NextLineAsync(stop) ?? StopKey;
            switch (text)
            {
                case AgainKey:
                    ask();
                    break;
                case SkipKey:
                    return new Reply(ReplyKind.Skip, text);
                case BackKey:
                    return new Reply(ReplyKind.Back, text);
                case StopKey:
                    return new Reply(ReplyKind.Stop, text);
                default:
                    if (isAnswer?.Invoke(text) ?? text.Length == 0) return new Reply(ReplyKind.Answer, text);
                    Say(Sentence.SetupNotUnderstood);
                    ask();
                    break;
            }
        }
    }

    /// <summary>The next line that is typed; null when there are no more.</summary>
    public async Task<string?> NextLineAsync(CancellationToken stop) =>
        await _lines.Reader.WaitToReadAsync(stop) && _lines.Reader.TryRead(out string? line) ? line : null;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_speaker is not null) await _speaker.DisposeAsync();
    }
}
