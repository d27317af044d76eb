using System.CommandLine;
using DoorbellFace.Core.Languages;
using DoorbellFace.Gpio;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell gpio: what is wired to this computer, and whether it works (docs/gpio.md).</summary>
internal static class GpioCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("gpio", "Buttons, chime, light and display that are wired to this computer. Alone, it shows them.", usual: "show")
        {
            CreateShow(), CreateTest(),
        };

    private static Command CreateShow()
    {
        Option<FileInfo?> file = CommonOptions.Settings();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Show what is wired, and to which pin.") { file, json };
        command.SetAction(parsed =>
        {
            GpioOptions gpio = Read(parsed.GetValue(file)).Gpio;
            if (parsed.GetValue(json))
                Screen.WriteJson(new { gpio.Chip, parts = gpio.Parts.Select(part => new { part, place = gpio.PlaceOf(part) }) });
            else if (!gpio.IsOn) Console.Out.WriteLine("Nothing is wired: no setting names a pin.");
            else foreach (WiredPart part in gpio.Parts) Console.Out.WriteLine($"{Name(part)}: {gpio.PlaceOf(part)}.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateTest()
    {
        Option<FileInfo?> file = CommonOptions.Settings();
        Option<bool> json = CommonOptions.Json("Write one JSON object per part.");
        var command = new Command(
            "test", "Try each part: wait for a press of each button, sound the chime, switch the light on, show a sentence. The door must "
            + "not run meanwhile.")
        {
            file, json,
        };
        command.SetAction((parsed, stop) => TestAsync(Read(parsed.GetValue(file)), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> TestAsync(RunSettings settings, bool json, CancellationToken stop)
    {
        if (!settings.Gpio.IsOn)
            throw new UserErrorException("Nothing is wired: name a pin in the settings first, such as gpio.again.pin.");
        var trial = new WiredTrial(settings.Gpio, GpioBoard.OfThisComputer, settings.Language, TimeProvider.System);
        bool doAllWork = true;
        await foreach (WiredTrialResult result in trial.RunAsync(Begins, stop))
        {
            doAllWork &= result.Trouble is null;
            if (json) Screen.WriteJsonLine(new { result.Part, works = result.Trouble is null, result.Trouble, result.Remark });
            else Console.Out.WriteLine(InWords(result));
        }
        return (int)(doAllWork ? ExitCode.Done : ExitCode.Failed);
    }

    private static void Begins(WiredPart part)
    {
        if (part is WiredPart.Bell or WiredPart.Again)
            Screen.Remark($"Press {Part(part)} within {WiredTrial.ButtonPatience.TotalSeconds:0} seconds.");
    }

    private static string InWords(WiredTrialResult result)
    {
        string remark = result.Remark is null ? "" : $" {result.Remark}";
        if (result.Trouble is { } trouble) return $"{Name(result.Part)}: {trouble}{remark}";
        return result.Part switch
        {
            WiredPart.Bell or WiredPart.Again => $"{Name(result.Part)} was pressed.{remark}",
            WiredPart.Display => $"{Name(result.Part)} has shown a sentence.{remark}",
            _ => $"{Name(result.Part)} was switched on for a moment.{remark}",
        };
    }

    private static string Name(WiredPart part)
    {
        string name = Part(part);
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private static string Part(WiredPart part) => Language.English.Say(WiredPartWords.SentenceOf(part));

    private static RunSettings Read(FileInfo? file) =>
        RunSettings.Read(file?.FullName, RunSettings.ProcessEnvironment(), new Dictionary<string, string>());
}
