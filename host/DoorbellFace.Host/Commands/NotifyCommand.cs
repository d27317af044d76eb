using System.CommandLine;
using System.Diagnostics;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Home.Notifications;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell notify: who elsewhere is told who is at the door, and whether messages arrive (docs/notifications.md).</summary>
internal static class NotifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("notify", "Who elsewhere is sent a message when somebody rings. Alone, it shows them.", usual: "show")
        {
            CreateShow(), CreateTest(),
        };

    private static Command CreateShow()
    {
        Option<FileInfo?> file = CommonOptions.Settings();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("show", "Show who is told, and of whom. No password or token is shown.") { file, json };
        command.SetAction(parsed =>
        {
            NotifyOptions options = Read(parsed.GetValue(file)).Home.Notify;
            using var notifiers = new Notifiers(options, PictureFile.EncodeJpeg, TimeProvider.System, new RemarkLogger());
            string[] receivers = [.. notifiers.All.Select(notifier => notifier.Name)];
            if (parsed.GetValue(json)) Screen.WriteJson(new { receivers, options.When, picture = options.HasPicture, options.Attempts });
            else if (receivers.Length == 0) Console.Out.WriteLine("Nobody is told: no setting names a receiver.");
            else
            {
                foreach (string receiver in receivers) Console.Out.WriteLine($"{receiver}.");
                Console.Out.WriteLine(
                    $"Told of {(options.When == NotifyWhen.Ring ? "visitors who ring" : "every visitor who is announced")}, "
                    + $"{(options.HasPicture ? "with" : "without")} a picture.");
            }
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateTest()
    {
        Option<FileInfo?> file = CommonOptions.Settings();
        Option<bool> json = CommonOptions.Json("Write one JSON object per receiver.");
        var command = new Command("test", "Send one trial message to each receiver, with a drawn picture, and say what came of it.")
        {
            file, json,
        };
        command.SetAction((parsed, stop) => TestAsync(Read(parsed.GetValue(file)), parsed.GetValue(json), stop));
        return command;
    }

    private static async Task<int> TestAsync(RunSettings settings, bool json, CancellationToken stop)
    {
        NotifyOptions options = settings.Home.Notify;
        if (!options.IsOn)
            throw new UserErrorException("Nobody would be told: name a receiver in the settings first, such as notify.ntfy.url.");
        var trial = new Notification
        {
            Id = Guid.NewGuid(),
            Door = settings.Door,
            At = TimeProvider.System.GetLocalNow(),
            Title = options.Title,
            Text = settings.Language.Say(Sentence.TrialMessage),
            Jpeg = options.HasPicture ? PictureFile.EncodeJpeg(Drawn()) : null,
        };
        bool areAllTold = true;
        long since = Stopwatch.GetTimestamp();
        await foreach ((string receiver, DeliveryResult result) in Notifiers.TryAsync(options, trial, TimeProvider.System, stop))
        {
            areAllTold &= result.IsDelivered;
            double milliseconds = Math.Round(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            if (json) Screen.WriteJsonLine(new { receiver, told = result.IsDelivered, result.Fault, result.Reason, ms = milliseconds });
            else Console.Out.WriteLine(InWords(receiver, result, milliseconds));
            since = Stopwatch.GetTimestamp();
        }
        return (int)(areAllTold ? ExitCode.Done : ExitCode.Failed);
    }

    private static string InWords(string receiver, DeliveryResult result, double milliseconds)
    {
        string reason = result.Reason.Length > 0 ? $" {result.Reason}" : "";
        return result.IsDelivered ? $"{receiver} has taken it, in {milliseconds:0} ms.{reason}" : $"{receiver} has not taken it.{reason}";
    }

    private static RunSettings Read(FileInfo? file) =>
        RunSettings.Read(file?.FullName, RunSettings.ProcessEnvironment(), new Dictionary<string, string>());

    /// <summary>Somebody who does not exist.</summary>
    private static PixelBuffer Drawn() =>
        FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240);
}
