namespace DoorbellFace.Application.Speaking;

/// <summary>What names sound like when the doorbell says them.</summary>
public interface INameVoice
{
    /// <summary>The sound of a name, in whatever letters: equal where the ear hears the same.</summary>
    /// <returns>Empty when nothing is to be heard; null when there is no voice to ask.</returns>
    string? SoundOf(string name);
}
