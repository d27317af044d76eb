using System.Globalization;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Adapters.Speech;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>
/// Tells findings and asks for things: on the screen, and aloud if it was given a speaker. One owner; it disposes of the speaker.
/// </summary>
/// <param name="speaker">The voice; null: nothing is said aloud.</param>
/// <param name="json">A program is listening: nothing is written, for the result comes at the end.</param>
internal sealed class DoctorVoice(SpeechQueue? speaker, bool json) : IAsyncDisposable
{
    private int _said;

    /// <summary>A finding: on the screen in any case, aloud when something is to be done.</summary>
    public void Tell(Finding finding)
    {
        if (!json) Console.Out.WriteLine(Written(finding));
        if (finding.IsComplaint) SayAloud($"{finding.Found} {finding.Advice}");
    }

    /// <summary>A sentence for everybody.</summary>
    public void Say(string sentence)
    {
        if (!json) Console.Out.WriteLine(sentence);
        SayAloud(sentence);
    }

    /// <summary>Something that is soon no longer so: said now or not at all.</summary>
    public void SayNow(string sentence, DateTimeOffset staleAfter)
    {
        if (!json) Console.Out.WriteLine(sentence);
        speaker?.Speak(new Announcement(sentence, AnnouncementPriority.Normal, NextKey(), staleAfter));
    }

    /// <summary>Waits until all is said.</summary>
    public Task DrainAsync(CancellationToken stop) => speaker?.DrainAsync(stop) ?? Task.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => speaker?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>A finding for the eye: the check, how it went, what was found, and what to do in a line of its own.</summary>
    internal static string Written(Finding finding)
    {
        string name = string.Concat(finding.Check[..1].ToUpperInvariant(), finding.Check.AsSpan(1));
        string outcome = finding.Outcome switch
        {
            FindingOutcome.Passed => "all right",
            FindingOutcome.Warning => "could be better",
            FindingOutcome.Failed => "WRONG",
            _ => "not looked at",
        };
        string text = $"{name}: {outcome}. {finding.Found}";
        bool isShort = finding.Detail?.Contains('\n', StringComparison.Ordinal) == false && !finding.IsComplaint;
        if (isShort) text += $" ({finding.Detail})";
        if (finding.Advice is { } advice) text += $"\n  What to do: {advice}";
        if (!isShort && finding.Detail is { } detail) text += $"\n  {detail.Replace("\n", "\n  ", StringComparison.Ordinal)}";
        return text;
    }

    private void SayAloud(string sentence) => speaker?.Speak(new Announcement(sentence, AnnouncementPriority.Normal, NextKey()));

    /// <summary>A new key for each sentence: nothing that the doctor says is a repeat.</summary>
    private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"doctor/{_said++}");
}
