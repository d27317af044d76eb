using DoorbellFace.Application.Speaking;

namespace DoorbellFace.Adapters.Speech;

/// <summary>
/// Asks espeak-ng what names sound like. Without espeak-ng, or with one that hangs, it knows nothing. One caller at a time.
/// </summary>
/// <param name="voice">Names the voice that speaks at the door; asked for only when a name is to be heard.</param>
public sealed class EspeakNameVoice(Func<string> voice) : INameVoice
{
    private readonly Dictionary<string, string> _sounds = [];
    private bool _hangs;

    /// <inheritdoc/>
    public string? SoundOf(string name)
    {
        if (_sounds.TryGetValue(name, out string? known)) return known;
        if (_hangs) return null;
        _hangs =
            !OwnThread.TryDo("voice for names", () => Ask(name), GuardedSynthesizer.UsualLimit, CancellationToken.None, out string? sound);
        if (sound is null) return null;
        return _sounds[name] = sound;
    }

    private string? Ask(string name)
    {
        try
        {
            return EspeakLibrary.TryLoad(new SpeechOptions().WordsPerMinute, volumePercent: 100, out _)?.Phonemes(name, voice());
        }
        catch (SpeechException)
        {
            return null;
        }
    }
}
