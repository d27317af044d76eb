using System.CommandLine;
using System.Globalization;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands.Setup;

/// <summary>./doorbell setup: from nothing to the first person recognised, by ear and keyboard.</summary>
internal static class SetupCommand
{
    /// <summary>The command.</summary>
    /// <param name="times">How long somebody is waited for; null: as usual.</param>
    public static Command Create(SetupTimes? times = null)
    {
        var settings = CommonOptions.Settings();
        var data = CommonOptions.Data();
        var port = new Option<string?>("--port")
        {
            Description = "The doorbell's serial port; without it, the one there is.", HelpName = "PATH",
        };
        var command = new Command("setup",
            "Set up the doorbell by ear and keyboard: language, sound, cable, lens, button, and the first person. It asks one question "
            + "after the other, aloud and in writing; it can be stopped and goes on later.")
        {
            settings, data, port,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(settings)?.FullName ?? RunSettings.DefaultFile, parsed.GetValue(data),
            parsed.GetValue(port), times ?? new SetupTimes(), stop));
        return command;
    }

    private static async Task<int> RunAsync(string file, DirectoryInfo? data, string? port, SetupTimes times, CancellationToken stop)
    {
        RunSettings Read()
        {
            var given = new Dictionary<string, string>();
            if (data is not null) given["data"] = data.FullName;
            if (port is not null) given["port"] = port;
            return RunSettings.Read(File.Exists(file) ? file : null, RunSettings.ProcessEnvironment(), given);
        }
        string dataFolder = Read().DataFolder;
        if (await new DoorSocketClient(dataFolder).FindAsync(stop) is not null)
            throw new UserErrorException("The doorbell is running already. Stop it, and start the set-up again.", ExitCode.Failed);
        string place = Path.Combine(dataFolder, "setup-step");
        await using var talk = new SetupTalk(Console.Out, speech => Speaker.Create(speech, TimeProvider.System,
            new RemarkLogger(LogLevel.Warning)));
        talk.Listen(Console.In);
        int? next;
        var kept = new SetupFile(file);
        var course = new SetupCourse(talk, kept, Read, times);
        await using (course) next = await course.RunAsync(StepIn(place), stop);
        if (kept.HasChanged) ConsoleAudit.Note(dataFolder, AuditAct.SettingsChanged);
        if (next is { } step)
        {
            PrivateFiles.CreateFolder(dataFolder);
            PrivateFiles.WriteWhole(place, step.ToString(CultureInfo.InvariantCulture));
        }
        else PrivateFiles.TryDelete(place);
        return (int)(next is null ? ExitCode.Done : ExitCode.Failed);
    }

    private static int StepIn(string place)
    {
        try
        {
            return int.TryParse(File.ReadAllText(place), NumberStyles.None, CultureInfo.InvariantCulture, out int step) ? step : 0;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
