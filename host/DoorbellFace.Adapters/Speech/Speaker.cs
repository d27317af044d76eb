using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Application;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Puts the speaker together from its options and from what this machine has.</summary>
public static class Speaker
{
    /// <summary>espeak-ng starts in some 10 ms; from a slow card after a cold start it may take a second or two.</summary>
    private static readonly TimeSpan LibraryStartLimit = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Creates a speaker that is ready: voice loaded, bell made, outputs open. What is missing is remarked on in the log, and never stops
    /// the program.
    /// </summary>
    /// <exception cref="DoorbellException">The options are wrong, the voice does not exist, or the WAV file cannot be written.</exception>
    public static SpeechQueue Create(SpeechOptions options, TimeProvider time, ILogger log)
    {
        options.Validate();
        ISpeechSynthesizer voice = CreateSynthesizer(options, log);
        var phrases = new PhraseCache(voice, options.LeadIn, options.Tail);
        PcmClip chime = Chime.Render(PcmClip.UsualSampleRate, options.VolumePercent);
        SoundOutputs output = CreateOutput(options, time, log);
        ISentenceOutput sentences = new SynthesizedSentences(phrases, options.Voice, output, log);
        if (options.Speaker == SentenceSpeaker.SpeechDispatcher)
            sentences = new SentencesWithFallback(new SpeechDispatcher(options.Language), sentences, time, log);
        return new SpeechQueue(sentences, output, chime, options, time, log);
    }

    /// <summary>
    /// The library if it is there, else the process, else none; whichever it is has spoken a first sound, so that the first sentence does
    /// not wait for the voice.
    /// </summary>
    /// <param name="options">Voice, speed and loudness.</param>
    /// <param name="log">For remarks.</param>
    /// <param name="libraryFile">The library's file name.</param>
    /// <param name="program">The program's name.</param>
    internal static ISpeechSynthesizer CreateSynthesizer(
        SpeechOptions options, ILogger log, string libraryFile = EspeakLibrary.DefaultFile, string program = EspeakProcess.DefaultProgram)
    {
        long start = Stopwatch.GetTimestamp();
        (ISpeechSynthesizer? library, string whyNot) = LoadLibrary(options, libraryFile);
        bool isProcess = library is null;
        var process = new EspeakProcess(options.WordsPerMinute, options.VolumePercent, program);
        ISpeechSynthesizer synthesizer = library is null
            ? process
            : new GuardedSynthesizer(library, () => process, GuardedSynthesizer.UsualLimit, log);
        try
        {
            synthesizer.Synthesize("a", options.Voice, wordsPerMinute: null, CancellationToken.None);
        }
        catch (UnknownVoiceException unknown)
        {
            throw new DoorbellException(ErrorKind.InvalidValue, unknown.Message);
        }
        catch (SpeechException fault)
        {
            string reason = isProcess
                ? $"There is nothing to speak with: {whyNot}, and {fault.Message} The bell still sounds, and sentences are only written."
                : fault.Message;
            log.LogWarning("{Reason}", reason);
            return new NoVoice(reason);
        }
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        if (isProcess) log.LogInformation("Speaking with {Program} as a process for each sentence, as {WhyNot}.", program, whyNot);
        log.LogDebug("The voice {Voice} was ready after {Milliseconds:0.0} ms.", options.Voice, milliseconds);
        return synthesizer;
    }

    /// <summary>On a thread of its own, because a library that hangs while it starts must not keep the bell from sounding.</summary>
    private static (ISpeechSynthesizer? Library, string WhyNot) LoadLibrary(SpeechOptions options, string file)
    {
        (ISpeechSynthesizer? Library, string WhyNot) Load()
        {
            EspeakLibrary? library = EspeakLibrary.TryLoad(options.WordsPerMinute, options.VolumePercent, out string whyNot, file);
            return (library, whyNot);
        }
        return OwnThread.TryDo("voice start", Load, LibraryStartLimit, CancellationToken.None, out (ISpeechSynthesizer?, string) loaded)
            ? loaded
            : (null,
                string.Create(CultureInfo.InvariantCulture,
                $"the library {file} did not start within {LibraryStartLimit.TotalSeconds:0} seconds"));
    }

    private static SoundOutputs CreateOutput(SpeechOptions options, TimeProvider time, ILogger log)
    {
        var outputs = new List<ISoundOutput>();
        if (options.Output is SoundOutputChoice.Auto or SoundOutputChoice.Card)
            outputs.AddRange(options.Devices.Select(device => new CardOutput(device, time)));
        if (options.WavPath is { } path && options.Output != SoundOutputChoice.None)
            outputs.Add(new WavFileOutput(path, PcmClip.UsualSampleRate));
        if (outputs.Count == 0) outputs.Add(new NoOutput());

        var all = new SoundOutputs(outputs, log);
        // Another device than the default one may be a sound server's, which the list of cards does not know.
        if (options.Output == SoundOutputChoice.Auto && options.Device == "default" && SoundCard.FindFault() is { } fault)
            all.MarkFailing(outputs[0], options.WavPath is null
                ? fault + " Plug in a speaker, or name a WAV file; until then the words are only written."
                : $"{fault} The sound goes to {options.WavPath} alone.");
        return all;
    }
}
