using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Core.Rules;

namespace DoorbellFace.Adapters.Speech;

/// <summary>Where sound goes.</summary>
public enum SoundOutputChoice
{
    /// <summary>
    /// To the sound card, and to the WAV file if one is named. Without a card there is one remark, and a card that is plugged in later is
    /// used.
    /// </summary>
    Auto,

    /// <summary>As <see cref="Auto"/>, for a device that `aplay -l` does not list, such as a sound server's.</summary>
    Card,

    /// <summary>To the WAV file alone.</summary>
    Wav,

    /// <summary>Nowhere.</summary>
    None,
}

/// <summary>Who speaks the sentences.</summary>
public enum SentenceSpeaker
{
    /// <summary>espeak-ng, in this program.</summary>
    EspeakNg,

    /// <summary>speech-dispatcher, with whatever voice the user has chosen there; espeak-ng where it does not answer.</summary>
    SpeechDispatcher,
}

/// <summary>How the doorbell speaks.</summary>
public sealed record SpeechOptions
{
    /// <summary>Where sound goes: <see cref="SoundOutputChoice.Auto"/> by default.</summary>
    public SoundOutputChoice Output { get; init; }

    /// <summary>The WAV file to write, or null (the default). A file that is there is replaced.</summary>
    public string? WavPath { get; init; }

    /// <summary>Who speaks the sentences: <see cref="SentenceSpeaker.EspeakNg"/> by default.</summary>
    public SentenceSpeaker Speaker { get; init; }

    /// <summary>The ALSA device, "default" by default; `aplay -L` lists them. Several, such as kitchen and bedroom, stand with a semicolon
    /// between them (ALSA's own names have commas).</summary>
    public string Device { get; init; } = "default";

    /// <summary>The ALSA devices one by one.</summary>
    public IReadOnlyList<string> Devices =>
        Device.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What is said is said in it: a tag such as "en". Only <see cref="SentenceSpeaker.SpeechDispatcher"/> asks; espeak-ng's
    /// voice has its own.</summary>
    public string Language { get; init; } = "en";

    /// <summary>espeak-ng's voice, "en" by default; `espeak-ng --voices` lists them.</summary>
    public string Voice { get; init; } = "en";

    /// <summary>
    /// Speed, 80 to 450 words a minute: 160 by default, a little slower than espeak-ng's own 175, as a name is heard only once.
    /// </summary>
    public int WordsPerMinute { get; init; } = 160;

    /// <summary>Loudness of voice and bell, 0 to 200 percent: 100 by default. Above 100 loud vowels distort.</summary>
    public int VolumePercent { get; init; } = 100;

    /// <summary>Time in which an announcement with the same key is not repeated, 0 to 1 day: 60 seconds by default.</summary>
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Silence before each sentence, 0 to 2 seconds: 250 ms by default. Amplifiers and HDMI need it to wake up; without it short names are
    /// clipped.
    /// </summary>
    public TimeSpan LeadIn { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// Silence after each sentence, 0 to 2 seconds: 250 ms by default, so that the last sound leaves the card before it is closed.
    /// </summary>
    public TimeSpan Tail { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Announcements that may wait, 1 to 1000: 16 by default. One more, and the oldest of the least pressing is dropped.</summary>
    public int QueueLength { get; init; } = 16;

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        if (Output == SoundOutputChoice.Wav && string.IsNullOrWhiteSpace(WavPath))
            complaints.Add("Sound is to go to a WAV file, but no file is named: name one.");
        if (Output == SoundOutputChoice.None && WavPath is not null)
            complaints.Add($"Sound is switched off, but the WAV file {WavPath} is named: choose the output \"wav\", or name no file.");
        if (!IsPlainName(Voice))
            complaints.Add(
                $"\"{Voice}\" cannot be a voice: expected up to 64 letters, digits and - _ + . ( ), such as \"en\" or \"de+f3\".");
        if (Devices.Count == 0 || Devices.Any(device => device.StartsWith('-') || device.Any(char.IsControl)))
            complaints.Add($"\"{Device}\" cannot be a sound device: expected a name that `aplay -L` lists, such as \"default\", "
                + "or several with a semicolon between them.");
        if (Speaker == SentenceSpeaker.SpeechDispatcher && Output is SoundOutputChoice.None or SoundOutputChoice.Wav)
            complaints.Add("speech-dispatcher speaks through its own sound output, but sound is not to go to a card: "
                + "choose the output \"auto\", or espeak-ng.");
        CheckNumber(complaints, "The speed", WordsPerMinute, HouseRules.LeastPace, HouseRules.MostPace, "words a minute");
        CheckNumber(complaints, "The volume", VolumePercent, 0, 200, "percent");
        CheckNumber(complaints, "The length of the queue", QueueLength, 1, 1000, "announcements");
        CheckTime(complaints, "The cool-down", CoolDown, TimeSpan.FromDays(1));
        CheckTime(complaints, "The silence before a sentence", LeadIn, TimeSpan.FromSeconds(2));
        CheckTime(complaints, "The silence after a sentence", Tail, TimeSpan.FromSeconds(2));
        return complaints;
    }

    /// <summary>Refuses options that are wrong, with all complaints at once.</summary>
    /// <exception cref="DoorbellException">Something is wrong with them.</exception>
    public void Validate()
    {
        IReadOnlyList<string> complaints = Complaints();
        if (complaints.Count > 0) throw new DoorbellException(ErrorKind.InvalidValue, string.Join(Environment.NewLine, complaints));
    }

    /// <summary>espeak-ng takes a voice's name for part of a file's name, so it must not lead anywhere.</summary>
    private static bool IsPlainName(string name) =>
        name.Length is > 0 and <= 64 && name[0] is not ('-' or '.')
            && name.All(letter => char.IsLetterOrDigit(letter) || "-_+.()".Contains(letter));

    private static void CheckNumber(List<string> complaints, string what, int value, int least, int most, string unit)
    {
        if (value < least || value > most)
            complaints.Add(string.Create(CultureInfo.InvariantCulture, $"{what} is {value} {unit}: expected {least} to {most}."));
    }

    private static void CheckTime(List<string> complaints, string what, TimeSpan value, TimeSpan most)
    {
        if (value < TimeSpan.Zero || value > most)
            complaints.Add(string.Create(CultureInfo.InvariantCulture,
                $"{what} is {value.TotalSeconds:0.###} seconds: expected 0 to {most.TotalSeconds:0}."));
    }
}
