using System.CommandLine;
using System.Diagnostics;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell say TEXT: tests voice and speaker, by the same path as an announcement.</summary>
internal static class SayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var text = new Argument<string[]>("TEXT")
        {
            Description = "What to say; quotation marks are needed only for what the shell would take for itself.",
            Arity = ArgumentArity.OneOrMore,
        };
        var voice = new VoiceOptions();
        var chime = new Option<bool>("--chime") { Description = "Sound the bell first." };
        var json = CommonOptions.Json();
        var command = new Command("say", "Say something, to test the voice and the speaker.") { text, chime, json };
        voice.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            string.Join(' ', parsed.GetValue(text)!),
            voice.Read(parsed),
            parsed.GetValue(chime),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string text, SpeechOptions options, bool withChime, bool json, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new UserErrorException("There is nothing to say: name a text, such as ./doorbell say hello.", ExitCode.WrongUsage);

        long start = Stopwatch.GetTimestamp();
        await using SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, new RemarkLogger());
        double ready = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        long asked = Stopwatch.GetTimestamp();
        double firstSound = 0;
        SpeechOutcome? outcome = null;
        speaker.UtteranceStarted += (_, _) => firstSound = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
        speaker.Finished += (_, result, _) => outcome = result;
        if (withChime)
        {
            speaker.Chime();
            await speaker.DrainAsync(cancellation);
            asked = Stopwatch.GetTimestamp();
        }
        speaker.Speak(new Announcement(text, AnnouncementPriority.Normal, "say"));
        await speaker.DrainAsync(cancellation);

        bool isSpoken = outcome == SpeechOutcome.Spoken;
        if (json)
            Screen.WriteJson(
                new { spoken = isSpoken, text, options.Voice, output = speaker.OutputDescription, ready_ms = Math.Round(ready,
                    1), first_sound_ms = Math.Round(firstSound, 1) });
        else if (isSpoken)
        {
            string voice = options.Speaker == SentenceSpeaker.EspeakNg ? $" with the voice \"{options.Voice}\"" : "";
            Console.Out.WriteLine(
                $"Said \"{text}\"{voice} to {speaker.OutputDescription}; the first sound came after "
                + $"{firstSound:0} ms.");
        }
        else Console.Out.WriteLine($"Not spoken, only written: \"{text}\".");
        return (int)(isSpoken ? ExitCode.Done : ExitCode.Failed);
    }
}
