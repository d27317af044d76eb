using System.CommandLine;
using DoorbellFace.Core.Identity;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell leave-broker: takes a door that is no longer used away from the broker (docs/home.md).</summary>
internal static class LeaveBrokerCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        Option<FileInfo?> file = CommonOptions.Settings();
        var door = new Option<string?>("--door") { Description = "The door's id; without it, the one of the settings.", HelpName = "ID" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "leave-broker", "Take away what the broker has kept of the door; Home Assistant then removes it. Stop ./doorbell run first.")
        {
            file, door, json,
        };
        command.SetAction((parsed, stop) => RunAsync(parsed.GetValue(file), parsed.GetValue(door), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> RunAsync(FileInfo? file, string? door, bool json, CancellationToken stop)
    {
        var given = new Dictionary<string, string>();
        if (door is not null) given["door"] = door;
        RunSettings settings = RunSettings.Read(file?.FullName, RunSettings.ProcessEnvironment(), given);
        MqttOptions options = settings.Home.Mqtt;
        if (!options.IsOn) throw new UserErrorException("No broker is named: set mqtt.broker to the one that the door is to leave.");
        BrokerCleaning cleaning = await CleanAsync(options, settings.Door, stop);
        if (json) Screen.WriteJson(new { door = settings.Door.Value, topics = cleaning.Topics, house_is_gone = cleaning.IsHouseGone });
        else if (cleaning.Topics.Count == 0) Console.Out.WriteLine($"The broker had kept nothing of the door {settings.Door.Value}.");
        else
        {
            Console.Out.WriteLine(
                $"The broker has nothing of the door {settings.Door.Value} any more: {cleaning.Topics.Count} messages were taken away."
                + (cleaning.IsHouseGone ? " It was the last door of the house, which is gone as well." : ""));
        }
        return (int)ExitCode.Done;
    }

    private static async Task<BrokerCleaning> CleanAsync(MqttOptions options, DoorId door, CancellationToken stop)
    {
        try
        {
            return await BrokerCleaner.CleanAsync(options, door, stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a broker does, it is one sentence here.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new UserErrorException($"The broker at {options.Broker} cannot be used: {error.Message}");
        }
    }
}
