using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// espeak-ng inside this process: started once, then a sentence takes a few milliseconds. The library has one state for the whole process,
/// so everything here that touches it holds one lock, and it is never stopped.
/// </summary>
public sealed class EspeakLibrary : ISpeechSynthesizer
{
    /// <summary>Debian's and Ubuntu's name of it.</summary>
    public const string DefaultFile = "libespeak-ng.so.1";

    private static readonly Lock LibraryLock = new();
    private static readonly ArrayBufferWriter<short> Samples = new(PcmClip.UsualSampleRate * 4);
    private static EspeakNative? _started;
    private static string? _voice;
    private static CancellationToken _cancellation;

    private readonly EspeakNative _native;
    private readonly int _wordsPerMinute;
    private readonly int _volumePercent;

    private EspeakLibrary(EspeakNative native, int wordsPerMinute, int volumePercent)
    {
        _native = native;
        _wordsPerMinute = wordsPerMinute;
        _volumePercent = volumePercent;
    }

    /// <summary>Loads the library, or says why it cannot be used.</summary>
    /// <param name="wordsPerMinute">Speed, 80 to 450.</param>
    /// <param name="volumePercent">Loudness, 0 to 200.</param>
    /// <param name="whyNot">The reason when null is returned, as a part of a sentence.</param>
    /// <param name="file">The library's file name.</param>
    public static unsafe EspeakLibrary? TryLoad(int wordsPerMinute, int volumePercent, out string whyNot, string file = DefaultFile)
    {
        lock (LibraryLock)
        {
            whyNot = "";
            EspeakNative? native = file == DefaultFile ? _started : null;
            native ??= EspeakNative.TryStart(file, &OnSamples, out whyNot);
            if (native is null) return null;
            if (file == DefaultFile) _started = native;
            return new EspeakLibrary(native, wordsPerMinute, volumePercent);
        }
    }

    /// <summary>
    /// The sounds of a text, in espeak-ng's own letters for sounds: the same for two texts that the ear cannot tell apart.
    /// </summary>
    /// <param name="text">The words; any letters.</param>
    /// <param name="voice">The voice's name.</param>
    /// <exception cref="SpeechException">There is no such voice.</exception>
    public string Phonemes(string text, string voice)
    {
        lock (LibraryLock)
        {
            UseVoice(voice);
            return _native.Phonemes(SpokenText.Clean(text)).Trim();
        }
    }

    /// <inheritdoc/>
    public PcmClip Synthesize(string text, string voice, int? wordsPerMinute, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        lock (LibraryLock)
        {
            UseVoice(voice);
            _native.SetSpeedAndVolume(wordsPerMinute ?? _wordsPerMinute, _volumePercent);
            Samples.ResetWrittenCount();
            _cancellation = cancellation;
            try
            {
                string words = SpokenText.Clean(text);
                if (words.Length > 0 && !_native.TrySpeak(words))
                    throw new SpeechException(
                        "espeak-ng has refused a sentence. Restart the program; if it stays so, install espeak-ng again.");
            }
            finally
            {
                _cancellation = CancellationToken.None;
            }
            cancellation.ThrowIfCancellationRequested();
            return new PcmClip(Samples.WrittenSpan.ToArray(), _native.SampleRate);
        }
    }

    /// <summary>
    /// Called by the library, inside <see cref="Synthesize"/>, in the same thread. No exception may leave it: C would not know what to do.
    /// </summary>
    private void UseVoice(string voice)
    {
        if (voice == _voice) return;
        _voice = null;
        if (!_native.TrySetVoice(voice)) throw new UnknownVoiceException(voice);
        _voice = voice;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnSamples(short* samples, int count, void* events)
    {
        const int goOn = 0, stop = 1;
        if (_cancellation.IsCancellationRequested) return stop;
        if (samples is null || count <= 0) return goOn;
        try
        {
            Samples.Write(new ReadOnlySpan<short>(samples, count));
            return goOn;
        }
        catch (OutOfMemoryException)
        {
            return stop;
        }
    }
}
