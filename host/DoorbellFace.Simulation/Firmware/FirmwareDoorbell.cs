using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Threading.Channels;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Simulation.Firmware;

/// <summary>
/// The real firmware, executed cycle by cycle in firmware/simulator, on a port of its own: in place of the doorbell made of C#.
/// Runs at the pace of the clock. Disposing it ends the process and removes its pictures.
/// </summary>
public sealed class FirmwareDoorbell : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _picture = Path.Combine(Path.GetTempPath(), $"doorbell-scene-{Guid.NewGuid():N}");
    private readonly Channel<string> _remarks = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private int _pictures;

    private FirmwareDoorbell(Process process, string portPath)
    {
        _process = process;
        PortPath = portPath;
        _reading = ReadRemarksAsync();
    }

    /// <summary>The port to open.</summary>
    public string PortPath { get; }

    /// <summary>
    /// What the simulator says, line by line: "bell N ms after the press", "frame N", "light on MS", "light off MS", at the end "statistics
    /// {...}". Ends with the simulator.
    /// </summary>
    public ChannelReader<string> Remarks => _remarks.Reader;

    /// <summary>Builds firmware and simulator; takes seconds the first time.</summary>
    /// <param name="firmwareFolder">The checkout's firmware folder.</param>
    /// <param name="baudRateBitsPerSecond">500000, 1000000 or 2000000.</param>
    /// <param name="fault">What is wrong with its camera from the start; null for nothing.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The started doorbell.</returns>
    /// <exception cref="FirmwareUnavailableException">It cannot be built or started; the message says why.</exception>
    public static async Task<FirmwareDoorbell> StartAsync(string firmwareFolder, int baudRateBitsPerSecond, CameraFault? fault,
        CancellationToken stop)
    {
        string baud = baudRateBitsPerSecond.ToString(CultureInfo.InvariantCulture);
        await MakeAsync(["-C", firmwareFolder, "--no-print-directory", $"BAUD={baud}", "all", "simulator"], stop).ConfigureAwait(false);
        string build = Path.Combine(firmwareFolder, "build");
        var start = new ProcessStartInfo(Path.Combine(build, "simulator", "doorbell-simulator"))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        foreach (string word in (string[])["--real-time", "--firmware", Path.Combine(build, $"uno-{baud}", "doorbell_cam.elf"),
            .. AtTheStart(fault)]) start.ArgumentList.Add(word);
        Process process = Process.Start(start)!;
        const string Port = "pty ";
        string? first = await process.StandardOutput.ReadLineAsync(stop).ConfigureAwait(false);
        if (first?.StartsWith(Port, StringComparison.Ordinal) == true) return new FirmwareDoorbell(process, first[Port.Length..]);
        process.Dispose();
        throw new FirmwareUnavailableException("The simulator did not open a port.");
    }

    private static string[] AtTheStart(CameraFault? fault) => fault is null ? [] : ["--do", $"fault {fault.InTheFirmwaresWords}"];

    /// <summary>From its next frame on the camera sees this picture, fitted to 4:3 by the caller.</summary>
    public void Show(PixelBuffer picture)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        // Two names by turns: the simulator may still be reading the one before.
        string path = $"{_picture}-{_pictures++ % 2}.pgm";
        using (FileStream file = File.Create(path))
        {
            file.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"P5\n{gray.Width} {gray.Height}\n255\n")));
            file.Write(gray.Pixels);
        }
        Do($"show {path}");
    }

    /// <summary>Somebody presses the button.</summary>
    public void Press() => Do("press");

    /// <summary>Does what firmware/simulator/README.md lists: faults, motion, reset ...</summary>
    public void Do(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) Do("quit");
        await _reading.ConfigureAwait(false);
        await _process.WaitForExitAsync().ConfigureAwait(false);
        _process.Dispose();
        for (int i = 0; i < 2; i++) File.Delete($"{_picture}-{i}.pgm");
    }

    private async Task ReadRemarksAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line) _remarks.Writer.TryWrite(line);
        _remarks.Writer.Complete();
    }

    private static async Task MakeAsync(string[] arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo("make") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in arguments) start.ArgumentList.Add(word);
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new FirmwareUnavailableException(
                $"The firmware cannot be built: 'make' cannot be started ({error.Message}). {WhatIsNeeded}");
        }
        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(stop);
            string errors = await process.StandardError.ReadToEndAsync(stop).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await process.WaitForExitAsync(stop).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new FirmwareUnavailableException($"The firmware cannot be built: {errors.Trim()} {WhatIsNeeded}");
        }
    }

    private const string WhatIsNeeded =
        "It needs the packages gcc-avr avr-libc binutils-avr arduino-core-avr libsimavr-dev libelf-dev gcc make.";
}
