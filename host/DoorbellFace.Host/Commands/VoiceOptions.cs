using System.CommandLine;
using System.Globalization;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Rules;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>The options of every command that speaks, named alike everywhere.</summary>
internal sealed class VoiceOptions
{
    private static readonly SpeechOptions Defaults = new();

    private readonly Option<FileInfo?> _wav = new("--wav")
    {
        Description = "Write all sound into this file as well; it replaces one that is there.", HelpName = "FILE",
    };
    private readonly ChoiceOption<SoundOutputChoice> _sound = new("--sound", Defaults.Output)
    {
        Description = "Where the sound goes: auto (the sound card if there is one), card, wav or none.", HelpName = "WHERE",
    };
    private readonly Option<string> _speaker = new("--speaker")
    {
        Description = "Who speaks: espeak-ng, or speech-dispatcher with the voice of your screen reader.", HelpName = "WHO",
        DefaultValueFactory = _ => "espeak-ng",
    };
    private readonly Option<string> _voice = new("--voice")
    {
        Description = "espeak-ng's voice; `espeak-ng --voices` lists them.", HelpName = "V", DefaultValueFactory = _ => Defaults.Voice,
    };
    private readonly Option<int> _speed = new("--speed")
    {
        Description = $"Words a minute, {HouseRules.LeastPace} to {HouseRules.MostPace}.", HelpName = "N",
        DefaultValueFactory = _ => Defaults.WordsPerMinute,
    };
    private readonly Option<int> _volume = new("--volume")
    {
        Description = "Loudness in percent, 0 to 200.", HelpName = "N", DefaultValueFactory = _ => Defaults.VolumePercent,
    };
    private readonly Option<string> _device = new("--device")
    {
        Description = "Sound device, or several with a semicolon between them; `aplay -L` lists them.", HelpName = "NAME",
        DefaultValueFactory = _ => Defaults.Device,
    };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_wav, _sound, _speaker, _voice, _speed, _volume, _device]) command.Add(option);
    }

    /// <summary>The options that were given, by the names that the settings file has for them.</summary>
    public Dictionary<string, string> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, string>();
        void Add(string setting, Option option, string? text)
        {
            if (text is not null && parsed.GetResult(option) is { Implicit: false }) given[setting] = text;
        }
        Add("sound.wav", _wav, parsed.GetValue(_wav)?.FullName);
        Add("sound.output", _sound, parsed.GetValue(_sound));
        Add("sound.speaker", _speaker, parsed.GetValue(_speaker));
        Add("sound.voice", _voice, parsed.GetValue(_voice));
        Add("sound.words_per_minute", _speed, parsed.GetValue(_speed).ToString(CultureInfo.InvariantCulture));
        Add("sound.volume_percent", _volume, parsed.GetValue(_volume).ToString(CultureInfo.InvariantCulture));
        Add("sound.device", _device, parsed.GetValue(_device));
        return given;
    }

    /// <summary>What file and environment say of a command that has none of these options but a WAV file's name, or null.</summary>
    /// <exception cref="Application.DoorbellException">Something of it is wrong.</exception>
    public static SpeechOptions Usual(FileInfo? wav) =>
        RunSettings.ReadUsual(wav is null ? [] : new() { ["sound.wav"] = wav.FullName }).Speech;

    /// <summary>What was given, or what file and environment say, or the usual.</summary>
    /// <exception cref="Application.DoorbellException">Something of it is wrong.</exception>
    public SpeechOptions Read(ParseResult parsed) => RunSettings.ReadUsual(Given(parsed)).Speech;
}
