using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell record FILE: what comes over the line, byte for byte, with the times.</summary>
internal static class RecordCommand
{
    private static readonly TimeSpan RemarkEvery = TimeSpan.FromSeconds(5);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The recording to make (.dbr); it must not be there yet." };
        var port = new Option<string?>("--port")
        {
            Description = "The doorbell's port; without it, the only USB serial port there is.", HelpName = "PATH",
        };
        var baud = new Option<int>("--baud")
        {
            Description = "The speed in bit/s to try first.", DefaultValueFactory = _ => 1_000_000, HelpName = "N",
        };
        var seconds = new Option<double?>("--seconds")
        {
            Description = "Stop after so many seconds; without it, with Ctrl-C.", HelpName = "N",
        };
        var stream = new Option<bool>("--stream") { Description = "Ask the doorbell for frame after frame, also when nobody rings." };
        var json = CommonOptions.Json();
        var command =
            new Command("record",
                "Record what the doorbell sends, byte for byte, to play it back later with replay.") { file, port, baud, seconds, stream,
                json };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(file)!.FullName,
            parsed.GetValue(port),
            parsed.GetValue(baud),
            parsed.GetValue(seconds),
            parsed.GetValue(stream),
            parsed.GetValue(json),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string file, string? port, int baud, double? seconds, bool stream, bool json, CancellationToken cancellationToken)
    {
        if (seconds is <= 0 or > 1e6) throw new UserErrorException("--seconds is more than 0.", ExitCode.WrongUsage);
        TimeProvider time = TimeProvider.System;
        var discovery = new PortDiscovery();
        if (port is null) discovery.Pick();
        using LinkRecorder recorder = LinkRecorder.Create(file, time, NullLogger.Instance);
        DoorbellLinkOptions options = port is null
            ? DoorbellLinkOptions.ForAnyPort(discovery, baud, recorder)
            : DoorbellLinkOptions.ForPort(port, baud, recorder);
        await using var link = new DoorbellLink(options, time, NullLogger.Instance);
        using var end = seconds is null
            ? new CancellationTokenSource()
            : new CancellationTokenSource(TimeSpan.FromSeconds(seconds.Value), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellationToken);
        Task telling = TellAsync(recorder, link, time, either.Token);
        try
        {
            await foreach (LinkEvent linkEvent in link.ReadEventsAsync(either.Token))
            {
                if (linkEvent is LinkUp up) Screen.Remark($"Recording {up.Name} to {file}. Stop with Ctrl-C.");
                if (linkEvent is LinkUp && stream) _ = link.SendAsync(HostCommand.StreamOn, either.Token);
                if (linkEvent is LinkDown down) Screen.Remark(down.Reason);
            }
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The time is over, or Ctrl-C: that is how a recording ends.
        }
        await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Report(file, recorder, link, json);
    }

    private static async Task TellAsync(LinkRecorder recorder, DoorbellLink link, TimeProvider time, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(RemarkEvery, time, cancellationToken);
            Screen.Remark(Summary(recorder, link));
        }
    }

    private static int Report(string file, LinkRecorder recorder, DoorbellLink link, bool json)
    {
        if (json) Screen.WriteJson(new { file, recorder.Bytes, complete = !recorder.HasStopped, link = link.Statistics });
        else Console.Out.WriteLine($"{file}: {Summary(recorder, link)}");
        if (recorder.HasStopped)
            throw new UserErrorException($"The recording '{file}' ended early because it could not be written: is the disk full?",
                ExitCode.Failed);
        return (int)(recorder.Bytes > 0 ? ExitCode.Done : ExitCode.Failed);
    }

    private static string Summary(LinkRecorder recorder, DoorbellLink link)
    {
        LinkStatistics statistics = link.Statistics;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{recorder.Bytes:N0} bytes; {statistics.FramesWhole} whole frames, {statistics.FramesConcealed} repaired, "
            + $"{statistics.FramesRefused} refused; {(statistics.Presses == 1 ? "1 ring" : $"{statistics.Presses} rings")}.");
    }
}
