using System.CommandLine;
using System.Diagnostics;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Host.Speech;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell say TEXT: tests voice and speaker, by the same path as an announcement.</summary>
internal static class SayCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var defaults = new SpeechOptions();
        var text = new Argument<string>("TEXT") { Description = "What to say, in quotation marks." };
        var wav = new Option<FileInfo?>("--wav") { Description = "Write the sound into this file, too; it replaces one that is there.", HelpName = "FILE" };
        var voice = new Option<string>("--voice") { Description = "espeak-ng's voice; `espeak-ng --voices` lists them.", HelpName = "V", DefaultValueFactory = _ => defaults.Voice };
        var speed = new Option<int>("--speed") { Description = "Words a minute, 80 to 450.", HelpName = "N", DefaultValueFactory = _ => defaults.WordsPerMinute };
        var volume = new Option<int>("--volume") { Description = "Loudness in percent, 0 to 200.", HelpName = "N", DefaultValueFactory = _ => defaults.VolumePercent };
        var device = new Option<string>("--device") { Description = "Sound device; `aplay -L` lists them.", HelpName = "NAME", DefaultValueFactory = _ => defaults.Device };
        var chime = new Option<bool>("--chime") { Description = "Sound the bell first." };
        var json = CommonOptions.Json();
        var command = new Command("say", "Say something, to test the voice and the speaker.") { text, wav, voice, speed, volume, device, chime, json };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(text)!,
            defaults with
            {
                WavPath = parsed.GetValue(wav)?.FullName,
                Voice = parsed.GetValue(voice)!,
                WordsPerMinute = parsed.GetValue(speed),
                VolumePercent = parsed.GetValue(volume),
                Device = parsed.GetValue(device)!,
            },
            parsed.GetValue(chime),
            parsed.GetValue(json),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string text, SpeechOptions options, bool withChime, bool json, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new UserErrorException("There is nothing to say: give a text in quotation marks.", ExitCode.WrongUsage);

        long start = Stopwatch.GetTimestamp();
        SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, new RemarkLogger());
        await using (speaker.ConfigureAwait(false))
        {
            double ready = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            long asked = Stopwatch.GetTimestamp();
            double firstSound = 0;
            SpeechOutcome? outcome = null;
            speaker.UtteranceStarted += (_, _) => firstSound = Stopwatch.GetElapsedTime(asked).TotalMilliseconds;
            speaker.Finished += (_, result, _) => outcome = result;
            if (withChime)
            {
                speaker.Chime();
                await speaker.DrainAsync(cancellation).ConfigureAwait(false);
                asked = Stopwatch.GetTimestamp();
            }
            speaker.Speak(new Announcement(text, AnnouncementPriority.Normal, "say"));
            await speaker.DrainAsync(cancellation).ConfigureAwait(false);

            bool isSpoken = outcome == SpeechOutcome.Spoken;
            if (json) Screen.WriteJson(new { spoken = isSpoken, text, options.Voice, output = speaker.OutputDescription, ready_ms = Math.Round(ready, 1), first_sound_ms = Math.Round(firstSound, 1) });
            else if (isSpoken) Console.Out.WriteLine($"Said \"{text}\" with the voice \"{options.Voice}\" to {speaker.OutputDescription}; the first sound came after {firstSound:0} ms.");
            else Console.Out.WriteLine($"Not spoken, only written: \"{text}\".");
            return (int)(isSpoken ? ExitCode.Done : ExitCode.Failed);
        }
    }
}
