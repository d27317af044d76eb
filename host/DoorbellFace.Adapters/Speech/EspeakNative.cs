using System.Runtime.InteropServices;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// The calls of espeak-ng's C library that we need, by hand-resolved entry points so that a missing library is an answer and not an
/// exception in the middle of a sentence. Signatures and constants as in espeak-ng 1.51's speak_lib.h.
/// </summary>
internal sealed unsafe class EspeakNative
{
    /// <summary>The library returns its sound to a callback, in the thread that calls it; it opens no sound device.</summary>
    private const int SynchronousRetrieval = 2;

    /// <summary>On a missing data folder: return, do not end the process.</summary>
    private const int DoNotExit = 0x8000;

    private const int CharactersPosition = 1, Utf8 = 1, RateParameter = 1, VolumeParameter = 2;

    private readonly delegate* unmanaged[Cdecl]<byte*, int> _setVoiceByName;
    private readonly delegate* unmanaged[Cdecl]<int, int, int, int> _setParameter;
    private readonly delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int> _synth;

    private readonly delegate* unmanaged[Cdecl]<void**, int, int, byte*> _textToPhonemes;

    private EspeakNative(nint library, int sampleRate)
    {
        SampleRate = sampleRate;
        _setVoiceByName = (delegate* unmanaged[Cdecl]<byte*, int>)NativeLibrary.GetExport(library, "espeak_SetVoiceByName");
        _setParameter = (delegate* unmanaged[Cdecl]<int, int, int, int>)NativeLibrary.GetExport(library, "espeak_SetParameter");
        _synth =
            (delegate* unmanaged[Cdecl]<void*, nuint, uint, int, uint, uint, uint*, void*, int>)NativeLibrary.GetExport(library,
                "espeak_Synth");
        _textToPhonemes = (delegate* unmanaged[Cdecl]<void**, int, int, byte*>)NativeLibrary.GetExport(library, "espeak_TextToPhonemes");
    }

    /// <summary>Samples a second of what the callback gets.</summary>
    public int SampleRate { get; }

    /// <summary>Loads and starts the library, whose state belongs to the whole process.</summary>
    /// <param name="file">The library's file name.</param>
    /// <param name="onSamples">Gets each piece of sound: samples (null at the end), their count, events; 0 to go on, 1 to stop.</param>
    /// <param name="whyNot">Why it cannot be used, when null is returned.</param>
    public static EspeakNative? TryStart(string file, delegate* unmanaged[Cdecl]<short*, int, void*, int> onSamples, out string whyNot)
    {
        if (!NativeLibrary.TryLoad(file, out nint library))
        {
            whyNot = $"the library {file} is not there";
            return null;
        }
        try
        {
            var initialize = (delegate* unmanaged[Cdecl]<int, int, byte*, int, int>)NativeLibrary.GetExport(library, "espeak_Initialize");
            var setCallback =
                (delegate* unmanaged[Cdecl]<delegate* unmanaged[Cdecl]<short*, int, void*, int>, void>)NativeLibrary.GetExport(library,
                    "espeak_SetSynthCallback");
            int sampleRate = initialize(SynchronousRetrieval, 0, null, DoNotExit);
            if (sampleRate <= 0)
            {
                whyNot = $"the library {file} does not find its voices (espeak-ng-data)";
                return null;
            }
            setCallback(onSamples);
            whyNot = "";
            return new EspeakNative(library, sampleRate);
        }
        catch (EntryPointNotFoundException missing)
        {
            whyNot = $"the library {file} is not an espeak-ng we know ({missing.Message})";
            return null;
        }
    }

    /// <summary>Chooses the voice; false when there is none of that name.</summary>
    public bool TrySetVoice(string name)
    {
        fixed (byte* bytes = System.Text.Encoding.UTF8.GetBytes(name + '\0')) return _setVoiceByName(bytes) == 0;
    }

    /// <summary>Sets the words a minute and the loudness in percent.</summary>
    public void SetSpeedAndVolume(int wordsPerMinute, int volumePercent)
    {
        _setParameter(RateParameter, wordsPerMinute, 0);
        _setParameter(VolumeParameter, volumePercent, 0);
    }

    /// <summary>The sounds of a text, in the library's own letters for sounds.</summary>
    public string Phonemes(string text)
    {
        var phonemes = new System.Text.StringBuilder();
        fixed (byte* start = System.Text.Encoding.UTF8.GetBytes(text + '\0'))
        {
            // Each call takes a clause and moves the pointer; at the end it is null.
            void* rest = start;
            while (rest is not null) phonemes.Append(Marshal.PtrToStringUTF8((nint)_textToPhonemes(&rest, Utf8, 0)));
        }
        return phonemes.ToString();
    }

    /// <summary>Speaks a text into the callback; returns when it has had everything. False: the library refused.</summary>
    public bool TrySpeak(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text + '\0');
        fixed (byte* start = bytes) return _synth(start, (nuint)bytes.Length, 0, CharactersPosition, 0, Utf8, null, null) == 0;
    }
}
