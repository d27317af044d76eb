using System.Globalization;
using System.Text;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>A voice that writes down what it is to say, and when. Where nothing else sounds, that is when it begins to sound.</summary>
internal sealed class Transcript(TimeProvider clock) : IDoorVoice
{
    private readonly StringBuilder _text = new();
    private DateTimeOffset _start = clock.GetUtcNow();

    public event Action<DateTimeOffset>? ChimeStarted;

    public event Action<Announcement, DateTimeOffset>? UtteranceStarted;

    public SpeechCounters Counters => new();

    public string OutputDescription => "a transcript";

    public override string ToString() => _text.ToString();

    /// <summary>A new day begins at nought seconds.</summary>
    public void Begin(string what)
    {
        _start = clock.GetUtcNow();
        _text.Append(CultureInfo.InvariantCulture, $"[{what}]\n");
    }

    /// <summary>Somebody asks, and this is the answer.</summary>
    public void Answered(string question, string answer) =>
        _text.Append(CultureInfo.InvariantCulture, $"[{question}]\n       {answer}\n");

    public void Chime()
    {
        Line("chime");
        ChimeStarted?.Invoke(clock.GetUtcNow());
    }

    public void Chime(int loudnessPercent)
    {
        Line(loudnessPercent < 100 ? "chime, soft" : "chime");
        ChimeStarted?.Invoke(clock.GetUtcNow());
    }

    public void Speak(Announcement announcement)
    {
        Line(announcement.Aloud ?? announcement.Text);
        UtteranceStarted?.Invoke(announcement, clock.GetUtcNow());
    }

    public Task DrainAsync(CancellationToken cancellation) => Task.CompletedTask;

    private void Line(string said) =>
        _text.Append(CultureInfo.InvariantCulture, $"{(clock.GetUtcNow() - _start).TotalSeconds,5:0.0}  {said}\n");
}
