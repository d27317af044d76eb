namespace DoorbellFace.Core.Announcements;

/// <summary>
/// Turns announcements into sound. Calls return at once; what cannot be spoken is logged by the speaker and never thrown.
/// </summary>
public interface ISpeaker
{
    /// <summary>Sounds the bell now, before and over anything that waits.</summary>
    void Chime();

    /// <summary>The same, softer; whoever cannot sound it softer sounds it as usual.</summary>
    /// <param name="loudnessPercent">1 to 100 percent of the usual loudness.</param>
    void Chime(int loudnessPercent) => Chime();

    /// <summary>Puts an announcement into the queue.</summary>
    void Speak(Announcement announcement);
}
