using DoorbellFace.Application.Speaking;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Asks espeak-ng what names sound like. Without espeak-ng, or with one that hangs, it knows nothing. One caller at a time.</summary>
/// <param name="voice">The voice that speaks at the door.</param>
public sealed class EspeakNameVoice(string voice) : INameVoice
{
    private readonly Dictionary<string, string> _sounds = [];
    private bool _hangs;

    /// <inheritdoc/>
    public string? SoundOf(string name)
    {
        if (_sounds.TryGetValue(name, out string? known)) return known;
        if (_hangs) return null;
        Task<string?> asked = Task.Run(() => Ask(name));
        _hangs = !asked.Wait(GuardedSynthesizer.UsualLimit);
        if (_hangs || asked.Result is not { } sound) return null;
        return _sounds[name] = sound;
    }

    private string? Ask(string name)
    {
        try
        {
            return EspeakLibrary.TryLoad(new SpeechOptions().WordsPerMinute, volumePercent: 100, out _)?.Phonemes(name, voice);
        }
        catch (SpeechException)
        {
            return null;
        }
    }
}
