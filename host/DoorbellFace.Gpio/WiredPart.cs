using DoorbellFace.Core.Languages;

namespace DoorbellFace.Gpio;

/// <summary>What can be wired to this computer.</summary>
public enum WiredPart
{
    /// <summary>A bell button.</summary>
    Bell,

    /// <summary>A button that has the last sentence said again.</summary>
    Again,

    /// <summary>The relay of a chime.</summary>
    Relay,

    /// <summary>A buzzer.</summary>
    Buzzer,

    /// <summary>A light.</summary>
    Light,

    /// <summary>A character display.</summary>
    Display,
}

/// <summary>What people call the parts.</summary>
public static class WiredPartWords
{
    /// <summary>A part, as a part of a sentence.</summary>
    public static Sentence SentenceOf(WiredPart part) => part switch
    {
        WiredPart.Bell => Sentence.WiredBell,
        WiredPart.Again => Sentence.WiredAgain,
        WiredPart.Relay => Sentence.WiredChime,
        WiredPart.Buzzer => Sentence.WiredBuzzer,
        WiredPart.Light => Sentence.WiredLight,
        _ => Sentence.WiredDisplay,
    };
}
