using System.CommandLine;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell look and say-again: what is asked of a running door.</summary>
internal static class AskCommands
{
    /// <summary>./doorbell look.</summary>
    public static Command CreateLook() => Create(
        "look", "Look who is at the door now, and say it. The door must be running (./doorbell run).", "Nothing came of it.",
            (door, stop) => door.LookAsync(stop)!);

    /// <summary>./doorbell say-again.</summary>
    public static Command CreateSayAgain() => Create(
        "say-again", "Say again what was said of the last visitor. The door must be running (./doorbell run).",
            "Nothing has been said yet.", (door, stop) => door.SayAgainAsync(stop));

    private static Command Create(string name, string description, string nothing, Func<DoorSocketClient, CancellationToken,
        Task<string?>> ask)
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command(name, description) { data, json };
        command.SetAction(async (parsed, stop) =>
        {
            string? says = await ask(new DoorSocketClient(CommonOptions.DataFolderOf(parsed.GetValue(data))), stop);
            if (parsed.GetValue(json)) Screen.WriteJson(new { says });
            else Console.Out.WriteLine(says ?? nothing);
            return (int)(says is null ? ExitCode.Failed : ExitCode.Done);
        });
        return command;
    }
}
