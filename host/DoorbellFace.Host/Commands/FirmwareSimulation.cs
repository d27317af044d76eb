using System.Globalization;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Firmware;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell simulate --firmware: the same visitors, but the doorbell is the real firmware in its simulator.</summary>
/// <param name="folder">Where the photos are.</param>
/// <param name="photos">Paths relative to it.</param>
/// <param name="baudRateBitsPerSecond">Speed of the line.</param>
/// <param name="ringEvery">From ring to ring, if the visitor has left by then.</param>
/// <param name="visits">How many visits.</param>
/// <param name="json">Tell it to programs.</param>
/// <param name="fault">What is wrong with the camera; null for nothing.</param>
internal sealed class FirmwareSimulation(
    string folder, IReadOnlyList<string> photos, int baudRateBitsPerSecond, TimeSpan ringEvery, int visits, bool json,
        CameraFault? fault = null)
{
    private const int FramesOfAVisit = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _time = TimeProvider.System;
    private readonly VirtualSensor _fitter = new(noiseSigma: 0, blurSigmaPixels: 0, seed: 1);

    /// <summary>Runs until the visits are over or it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        FirmwareDoorbell doorbell = await StartAsync(baudRateBitsPerSecond, fault, cancellationToken);
        await using (doorbell)
        {
            TellPort(doorbell);
            int done = 0;
            for (int next = 0; done < visits && next < (visits == int.MaxValue ? int.MaxValue : visits); next++)
            {
                long began = _time.GetTimestamp();
                string photo = photos[next % photos.Count];
                PictureReading reading = PictureFile.TryRead(Path.Combine(folder, photo));
                if (reading.Succeeded)
                {
                    await VisitAndTellAsync(doorbell, photo, reading.Picture, cancellationToken);
                    done++;
                }
                else
                {
                    Screen.Remark($"{photo} stays away: {reading.Reason}");
                }
                TimeSpan rest = ringEvery - _time.GetElapsedTime(began);
                if (rest > TimeSpan.Zero && done < visits) await Task.Delay(rest, _time, cancellationToken);
            }
        }
    }

    /// <summary>Builds and starts the firmware's doorbell, which looks at an empty porch.</summary>
    /// <param name="baudRateBitsPerSecond">Speed of the line.</param>
    /// <param name="fault">What is wrong with its camera; null for nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="UserErrorException">It cannot be built or started.</exception>
    public static async Task<FirmwareDoorbell> StartAsync(int baudRateBitsPerSecond, CameraFault? fault,
        CancellationToken cancellationToken)
    {
        try
        {
            Screen.Remark("Building the firmware and its simulator ...");
            FirmwareDoorbell doorbell =
                await FirmwareDoorbell.StartAsync(FirmwareFolder(), baudRateBitsPerSecond, fault, cancellationToken);
            doorbell.Show(Scenes.EmptyPorch);
            return doorbell;
        }
        catch (FirmwareUnavailableException error)
        {
            throw new UserErrorException(error.Message);
        }
    }

    /// <summary>A visitor comes, rings, is looked at and goes.</summary>
    /// <param name="doorbell">The doorbell.</param>
    /// <param name="view">What the camera sees, 320 x 240.</param>
    /// <param name="cancellationToken">Ends the visit.</param>
    /// <returns>Frames sent, and what the simulator said of the bell.</returns>
    public static async Task<(int Frames, string Bell)> VisitAsync(FirmwareDoorbell doorbell, PixelBuffer view,
        CancellationToken cancellationToken)
    {
        while (doorbell.Remarks.TryRead(out _))
        {
            // What was said before this visit belongs to the one before.
        }
        doorbell.Show(view);
        doorbell.Press();
        int frames = 0;
        string bell = "no bell";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            while (frames < FramesOfAVisit)
            {
                string remark = await doorbell.Remarks.ReadAsync(patience.Token);
                if (remark.StartsWith("frame ", StringComparison.Ordinal)) frames++;
                // The host ends the run as soon as it has an answer; the device's light tells.
                if (frames > 0 && remark.StartsWith("light off", StringComparison.Ordinal)) break;
                if (remark.StartsWith("bell ", StringComparison.Ordinal)) bell = remark;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The visitor's patience is at its end; what came is told by the caller.
        }
        doorbell.Show(Scenes.EmptyPorch);
        return (frames, bell);
    }

    private async Task VisitAndTellAsync(FirmwareDoorbell doorbell, string photo, PixelBuffer picture, CancellationToken cancellationToken)
    {
        (int frames, string bell) = await VisitAsync(doorbell, _fitter.Capture(picture, SensorMode.All[0]), cancellationToken);
        if (json) Screen.WriteJsonLine(new { @event = "visit", time = _time.GetUtcNow(), photo, frames, bell });
        else Console.Out.WriteLine($"{_time.GetLocalNow():HH:mm:ss}  {photo}: {bell}, {frames} frames.");
    }

    private void TellPort(FirmwareDoorbell doorbell)
    {
        if (json)
        {
            Screen.WriteJsonLine(
                new { @event = "ready", time = _time.GetUtcNow(), port = doorbell.PortPath, baud = baudRateBitsPerSecond, firmware = true,
                    photos = photos.Count });
            return;
        }
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"The real firmware runs in its simulator at {doorbell.PortPath}, {baudRateBitsPerSecond:N0} bit/s."));
        Console.Out.WriteLine($"In another terminal: ./doorbell run --port {ShellWords.Quote(doorbell.PortPath)}");
    }

    private static string FirmwareFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "firmware", "Makefile"))) return Path.Combine(folder.FullName, "firmware");
        }
        throw new UserErrorException("The firmware's sources are not here: --firmware works from a checkout of the project.");
    }
}
