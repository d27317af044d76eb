using System.Globalization;
using System.Text.Json;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Gpio;
using DoorbellFace.Home;
using DoorbellFace.Terminal;
using DoorbellFace.Web;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// What a running door can be set to. Each setting stands in <c>doorbell.json</c>, may be overridden by an environment variable, and that
/// by an option (docs/settings.md). All complaints are made at once, and a key that nobody knows is one.
/// </summary>
internal sealed record RunSettings
{
    /// <summary>Environment variables begin with this; a point in a setting's name becomes two underscores.</summary>
    public const string EnvironmentPrefix = "DOORBELL_";

    private const int MostStrangerDays = 365;

    private static readonly Dictionary<string, Func<RunSettings, string, RunSettings>> Known = new(
        [
            .. Of(HomeSettings.Known, (settings, set) => settings with { Home = set(settings.Home) }),
            .. Of(GpioSettings.Known, (settings, set) => settings with { Gpio = set(settings.Gpio) }),
        ],
        StringComparer.Ordinal)
    {
        ["data"] = (settings, text) => settings with { DataFolder = Path.GetFullPath(text) },
        ["door"] = (settings, text) => settings with { Door = new DoorId(text) },
        ["port"] = (settings, text) => settings with { Port = text },
        ["baud"] = (settings, text) => settings with { BaudRateBitsPerSecond = Whole(text) },
        ["model"] = (settings, text) => settings with { ModelFolder = Path.GetFullPath(text) },
        ["language"] = (settings, text) => settings with { Language = LanguageOf(text) },
        ["strangers.days"] = (settings, text) => settings with { StrangerDays = Whole(text) },
        ["log.level"] = (settings, text) => settings with { LogLevel = Word<LogLevel>(text) },
        ["sound.output"] = (settings, text) => settings with { Speech = settings.Speech with { Output = Word<SoundOutputChoice>(text) } },
        ["sound.speaker"] = (settings, text) => settings with { Speech = settings.Speech with { Speaker = SpeakerOf(text) } },
        ["sound.device"] = (settings, text) => settings with { Speech = settings.Speech with { Device = text } },
        ["sound.wav"] = (settings, text) => settings with { Speech = settings.Speech with { WavPath = Path.GetFullPath(text) } },
        ["sound.voice"] = (settings, text) => settings with { Speech = settings.Speech with { Voice = text }, IsVoiceChosen = true },
        ["sound.words_per_minute"] = (settings, text) => settings with { Speech = settings.Speech with { WordsPerMinute = Whole(text) } },
        ["sound.volume_percent"] = (settings, text) => settings with { Speech = settings.Speech with { VolumePercent = Whole(text) } },
        ["page.on"] = OfPage((page, text) => page with { IsOn = YesOrNo(text) }),
        ["page.port"] = OfPage((page, text) => page with { Port = Whole(text) }),
        ["page.address"] = OfPage((page, text) => page with { Address = PageSettings.AddressOf(text) }),
        ["page.hosts"] = OfPage((page, text) => page with { Hosts = PageSettings.HostsOf(text) }),
        ["page.ingress"] = OfPage((page, text) => page with { Ingress = PageSettings.AddressOf(text) }),
    };

    /// <summary>Every setting's name, as it stands in the file.</summary>
    public static IEnumerable<string> Names => Known.Keys;

    /// <summary>Where visits, pictures and models are kept.</summary>
    public string DataFolder { get; init; } = Application.Models.DataFolder.Default;

    /// <summary>Which door this is: <see cref="DoorId.Front"/> by default.</summary>
    public DoorId Door { get; init; } = DoorId.Front;

    /// <summary>The doorbell's serial port; null for the only USB serial port there is.</summary>
    public string? Port { get; init; }

    /// <summary>The speed to try first, 9,600 to 4,000,000 bit/s: 1,000,000 by default.</summary>
    public int BaudRateBitsPerSecond { get; init; } = DoorbellLinkOptions.KnownBaudRates[0];

    /// <summary>The one model to use; null for the family's own or, without one, the shipped one.</summary>
    public string? ModelFolder { get; init; }

    /// <summary>How many days back strangers are known again, 0 to 365; 0: never.</summary>
    public int StrangerDays { get; init; } = 30;

    /// <summary>From this level on something is logged: Information by default.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>What is said is said in it: English by default. Unless a voice is chosen, its own voice speaks.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>How it speaks.</summary>
    public SpeechOptions Speech { get; init; } = new();

    /// <summary>Where the page is.</summary>
    public PageSettings Page { get; init; } = new();

    /// <summary>What else in the house is told of the door: nothing by default.</summary>
    public HomeOptions Home { get; init; } = new();

    /// <summary>What is wired to this computer: nothing by default.</summary>
    public GpioOptions Gpio { get; init; } = new();

    private bool IsVoiceChosen { get; init; }

    /// <summary>The settings file that is read when none is named.</summary>
    public static string DefaultFile => Path.Combine(ConfigurationFolder.Path, "doorbell.json");

    /// <summary>Reads the settings: the file, over it the environment, over that the options.</summary>
    /// <param name="file">The file; null for the usual one, which need not be there.</param>
    /// <param name="environment">Environment variables by name.</param>
    /// <param name="options">Options that were given, by the setting's name.</param>
    /// <exception cref="DoorbellException">Something is wrong; the sentence has all complaints, a line each.</exception>
    public static RunSettings Read(string? file, IReadOnlyDictionary<string, string> environment,
        IReadOnlyDictionary<string, string> options)
    {
        var complaints = new List<string>();
        var settings = new RunSettings();
        string path = file ?? DefaultFile;
        if (File.Exists(path)) settings = ReadFile(settings, path, complaints);
        else if (file is not null) complaints.Add($"There is no file {file}.");
        foreach (string name in Names)
        {
            string variable = VariableOf(name);
            if (environment.TryGetValue(variable, out string? text))
                settings = Set(settings, name, text, $"the environment variable {variable}", complaints);
        }
        foreach (string variable in environment.Keys.Where(IsUnknown).Order(StringComparer.Ordinal))
            complaints.Add(UnknownVariable(variable));
        foreach ((string name, string text) in options) settings = Set(settings, name, text, $"the option for {name}", complaints);
        if (!settings.IsVoiceChosen) settings = settings with { Speech = settings.Speech with { Voice = settings.Language.Voice } };
        settings = settings with { Speech = settings.Speech with { Language = settings.Language.Tag } };
        complaints.AddRange(settings.Speech.Complaints());
        complaints.AddRange(settings.Home.Complaints());
        complaints.AddRange(settings.Gpio.Complaints());
        if (settings.BaudRateBitsPerSecond is < 9600 or > 4_000_000)
            complaints.Add($"baud is {settings.BaudRateBitsPerSecond}: expected 9600 to 4000000 bit/s.");
        complaints.AddRange(settings.Page.Complaints());
        if (settings.StrangerDays > MostStrangerDays)
            complaints.Add($"strangers.days is {settings.StrangerDays}: expected 0 to {MostStrangerDays} days.");
        return complaints.Count == 0
            ? settings
            : throw new DoorbellException(ErrorKind.InvalidValue, string.Join(Environment.NewLine, complaints));
    }

    /// <summary>What the usual file and this program's environment say, and over them the options.</summary>
    /// <inheritdoc cref="Read"/>
    public static RunSettings ReadUsual(Dictionary<string, string> options) => Read(file: null, ProcessEnvironment(), options);

    /// <summary>The language of file and environment, or the one that was asked for.</summary>
    /// <param name="tag">Its tag; null: that of the settings.</param>
    /// <exception cref="DoorbellException">There is no such language, or a setting is wrong.</exception>
    public static Language LanguageFor(string? tag) =>
        ReadUsual(tag is null ? [] : new() { ["language"] = tag }).Language;

    /// <summary>The voice that file and environment name; the usual one where they are wrong, which `run` complains of.</summary>
    public static string UsualVoice()
    {
        try
        {
            return ReadUsual([]).Speech.Voice;
        }
        catch (DoorbellException)
        {
            return Language.English.Voice;
        }
    }

    /// <summary>The environment variables of this program, by name.</summary>
    public static Dictionary<string, string> ProcessEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(variable => (string)variable.Key, variable => (string?)variable.Value ?? "", StringComparer.Ordinal);

    private static RunSettings ReadFile(RunSettings settings, string path, List<string> complaints)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                File.ReadAllBytes(path),
                    new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("an object in braces was expected");
            foreach ((string name, JsonElement value) in Flat("", document.RootElement))
            {
                if (value.ValueKind is JsonValueKind.Array or JsonValueKind.Null)
                    complaints.Add(
                        $"{path}: {name} is {(value.ValueKind == JsonValueKind.Null ? "null" : "a list")}; expected a word or a number.");
                else settings = Set(settings, name, value.ToString(), path, complaints);
            }
        }
        catch (JsonException error)
        {
            complaints.Add($"{path} is no JSON file: {error.Message}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            complaints.Add($"{path} cannot be read: {error.Message}");
        }
        return settings;
    }

    private static IEnumerable<(string Name, JsonElement Value)> Flat(string prefix, JsonElement element) =>
        element.EnumerateObject().SelectMany(property =>
        property.Value.ValueKind == JsonValueKind.Object
            ? Flat($"{prefix}{property.Name}.", property.Value)
            : [(prefix + property.Name, property.Value)]);

    private static RunSettings Set(RunSettings settings, string name, string text, string where, List<string> complaints)
    {
        if (Known.GetValueOrDefault(name) is not { } set)
        {
            complaints.Add(
                $"{where}: there is no setting "
                + $"{name}.{(Nearest(name) is { } near ? $" Is {near} meant?" : $" The settings are: {string.Join(", ", Names)}.")}");
            return settings;
        }
        try
        {
            return set(settings, text);
        }
        catch (Exception error) when (error is FormatException or OverflowException or ArgumentException)
        {
            complaints.Add($"{where}: {name} is \"{text}\": {error.Message}");
            return settings;
        }
    }

    private static Language LanguageOf(string tag) => Language.Find(tag)
        ?? throw new FormatException(
            $"expected one of {string.Join(", ", Language.All.Select(language => $"{language.Tag} ({language.Name})"))}.");

    private static string VariableOf(string name) =>
        EnvironmentPrefix + name.ToUpperInvariant().Replace(".", "__", StringComparison.Ordinal);

    /// <summary>
    /// A variable of this program's that is no setting: a slip of the finger, which would otherwise do nothing, in silence.
    /// </summary>
    private static bool IsUnknown(string variable) =>
        variable.StartsWith(EnvironmentPrefix, StringComparison.Ordinal) && variable != PlainScreen.Variable
            && !Names.Any(name => VariableOf(name) == variable);

    private static string UnknownVariable(string variable)
    {
        string name = variable[EnvironmentPrefix.Length..].ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal);
        return $"the environment variable {variable} is no setting.{(Nearest(name) is { } near ? $" Is {VariableOf(near)} meant?" : "")}";
    }

    private static string? Nearest(string name) =>
        Names.MinBy(known => Suggestion.Slips(known, name)) is { } best && Suggestion.Slips(best, name) <= 3 ? best : null;

    /// <summary>The settings of one room, as settings of the whole.</summary>
    private static IEnumerable<KeyValuePair<string, Func<RunSettings, string, RunSettings>>> Of<T>(
        IReadOnlyDictionary<string, Func<T, string, T>> room, Func<RunSettings, Func<T, T>, RunSettings> change) =>
        room.Select(setting => KeyValuePair.Create<string, Func<RunSettings, string, RunSettings>>(
            setting.Key, (settings, text) => change(settings, options => setting.Value(options, text))));

    private static Func<RunSettings, string, RunSettings> OfPage(Func<PageSettings, string, PageSettings> set) => (settings, text) =>
        settings with { Page = set(settings.Page, text) };

    /// <summary>Who speaks, by the name of the program.</summary>
    /// <exception cref="FormatException">There is no such speaker.</exception>
    public static SentenceSpeaker SpeakerOf(string text) => Word<SentenceSpeaker>(text.Replace("-", "", StringComparison.Ordinal),
        expected: "espeak-ng or speech-dispatcher");

    /// <summary>Whether a setting's text says yes.</summary>
    /// <exception cref="FormatException">It says neither.</exception>
    public static bool YesOrNo(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "true" => true,
        "no" or "false" => false,
        _ => throw new FormatException("expected yes or no."),
    };

    /// <summary>The number that a setting's text is.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static int Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new FormatException("a whole number was expected.");

    /// <summary>The member of an enumeration that a setting's text names, in whatever case.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    /// <param name="text">The text.</param>
    /// <param name="expected">What is expected, in words; null: one of the members' names.</param>
    public static T Word<T>(string text, string? expected = null)
        where T : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out T word) && Enum.IsDefined(word) && !char.IsAsciiDigit(text[0])
            ? word
            : throw new FormatException(
                $"expected {expected ?? $"one of {string.Join(", ", Enum.GetNames<T>().Select(name => name.ToLowerInvariant()))}"}.");
}
