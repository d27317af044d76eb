using System.CommandLine;
using System.Globalization;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Screens;
using DoorbellFace.Terminal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell run: listens to the door, as a service or for a person who watches.</summary>
internal sealed class RunCommand
{
    /// <summary>How long the door may take to close.</summary>
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(6);

    private readonly Option<FileInfo?> _settings = new("--settings")
    {
        Description = $"Settings file; without it, {RunSettings.DefaultFile}. Options go before it.", HelpName = "FILE",
    };
    private readonly Option<string?> _port = new("--port")
    {
        Description = "The doorbell's serial port; without it, the one there is.", HelpName = "PATH",
    };
    private readonly Option<int?> _baud = new("--baud")
    {
        Description = $"Speed to try first, in bit/s; without it, {DoorbellLinkOptions.KnownBaudRates[0]}.", HelpName = "N",
    };
    private readonly Option<DirectoryInfo?> _model = CommonOptions.Model();
    private readonly Option<DirectoryInfo?> _data = CommonOptions.Data();
    private readonly Option<string?> _language = CommonOptions.Language();
    private readonly Option<FileInfo?> _record = new("--record")
    {
        Description = "Keep everything the line says in this recording.", HelpName = "FILE",
    };
    private readonly Option<bool> _names = new("--names")
    {
        Description = "Write people's names also where standard output is no terminal, such as a file or the system's journal.",
    };
    private readonly Option<bool> _json = CommonOptions.Json("Write one JSON object per event.");
    private readonly VoiceOptions _voice = new();
    private readonly DetectorOptions _detector = new();

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new RunCommand();
        var command = new Command("run", "Listen to the doorbell and say who is there. Stop it with Ctrl-C.")
        {
            options._settings, options._port, options._baud, options._model, options._data, options._language, options._record,
                options._names, options._json,
        };
        options._voice.AddTo(command);
        options._detector.AddTo(command);
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        RunSettings settings = RunSettings.Read(parsed.GetValue(_settings)?.FullName, RunSettings.ProcessEnvironment(), Given(parsed));
        HostApplicationBuilder builder =
            Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.AddDoorLogging(settings.LogLevel);
        builder.Services.AddSingleton<IHostLifetime, CommandLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopLimit);
        var screen = new ScreenSubscriber(parsed.GetValue(_json), withNames: parsed.GetValue(_names) || !Console.IsOutputRedirected);
        builder.Services.AddDoor(settings, screen, parsed.GetValue(_record)?.FullName, _detector.Read(parsed));
        using IHost host = builder.Build();
        Announce(host.Services, settings, parsed.GetValue(_json), withNames: parsed.GetValue(_names) || !Console.IsErrorRedirected);
        await host.StartAsync(stop);
        BackgroundService door = host.Services.GetServices<IHostedService>().OfType<DoorService>().Single();
        await Task.WhenAny(door.ExecuteTask!, Task.Delay(Timeout.Infinite, stop));
        await host.StopAsync(CancellationToken.None);
        // A door that ended by itself has met a bug; that is not an end in good order.
        await door.ExecuteTask!;
        Screen.Remark("Stopped.");
        return (int)ExitCode.Done;
    }

    /// <summary>
    /// Builds every part, so that what is missing is said before the first ring, and tells a person what the door is like.
    /// </summary>
    private static void Announce(IServiceProvider services, RunSettings settings, bool json, bool withNames)
    {
        var parts = services.GetRequiredService<DoorParts>();
        if (parts.Recognition.Trouble is { } trouble)
            Screen.Remark($"{trouble} Until then every visitor is announced, and nobody new by name.");
        if (json) return;
        string names = parts.Recognition.Names.Count > 0 ? $"It knows {ScreenSubscriber.People(parts.Recognition.Names, withNames)}."
            : parts.Recognition.Trouble is not null
                ? "It knows nobody."
                : $"It knows nobody yet. {Remedies.InWords(new Remedy(RemedyKey.Enrol))}.";
        Screen.Remark(
            $"Listening at {settings.Port ?? "the doorbell's USB port"}. {names} Sound goes to {parts.Voice.OutputDescription}. Ctrl-C "
            + $"stops.");
    }

    private Dictionary<string, string> Given(ParseResult parsed)
    {
        Dictionary<string, string> given = _voice.Given(parsed);
        void Add(string setting, string? text)
        {
            if (text is not null) given[setting] = text;
        }
        Add("port", parsed.GetValue(_port));
        Add("baud", parsed.GetValue(_baud)?.ToString(CultureInfo.InvariantCulture));
        Add("model", parsed.GetValue(_model)?.FullName);
        Add("language", parsed.GetValue(_language));
        Add("data", parsed.GetValue(_data)?.FullName);
        return given;
    }
}
