using DoorbellFace.Application.Speaking;

namespace DoorbellFace.Application.People;

/// <summary>
/// Names are told apart by ear. Two that sound the same, such as two in letters that the voice cannot read, would make one person of two.
/// </summary>
internal static class NameSounds
{
    /// <summary>Refuses a name that cannot be heard, or that sounds like somebody else's.</summary>
    /// <param name="voice">Says the names; null: nothing is known of their sound.</param>
    /// <param name="name">The new name.</param>
    /// <param name="others">The names of everybody else.</param>
    /// <exception cref="DoorbellException">The name raises a doubt (<see cref="ErrorKind.Refused"/>).</exception>
    public static void Check(INameVoice? voice, string name, IEnumerable<string> others)
    {
        if (voice?.SoundOf(name) is not { } sound) return;
        if (sound.Length == 0)
            throw Doubt(
                $"The voice has no sound for \"{name}\": at the door nothing would be heard. Give the name in letters that the voice can "
                + $"read.", name);
        if (others.FirstOrDefault(other => voice.SoundOf(other) == sound) is { } alike)
            throw Doubt(
                $"\"{name}\" sounds exactly like \"{alike}\", who is enrolled: nobody could hear who of the two is at the door. Give "
                + $"another name, or spell it so that it sounds different.", name);
    }

    private static DoorbellException Doubt(string sentence, string name) =>
        new(ErrorKind.Refused, sentence, new Remedy(RemedyKey.Confirm, name));
}
