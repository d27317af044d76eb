using System.CommandLine;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell simulate: a doorbell without hardware, on a pseudo-terminal, in front of which people from photos ring.</summary>
internal static class SimulateCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var photos = new Option<DirectoryInfo>("--photos")
        {
            Description = "Folder with the photos of those who ring; its folders count too.", Required = true, HelpName = "DIR",
        };
        var list = new Option<FileInfo?>("--list")
        {
            Description = "Only these photos, in this order: a text file with one path relative to DIR in each line.", HelpName = "FILE",
        };
        var ringEvery = Number("--ring-every", "Seconds from ring to ring; 0: the next one rings when the last has left.", 15.0, "S");
        var visits = new Option<int?>("--visits")
        {
            Description = "Stop after so many visits; without it the photos go round until Ctrl-C.", HelpName = "N",
        };
        var once = new Option<bool>("--once") { Description = "Stop when every photo has rung once." };
        var link = new Option<string?>("--link")
        {
            Description = "Put a symbolic link to the port at this path, to have a name that stays the same.", HelpName = "PATH",
        };
        var mode = new Option<string>("--mode")
        {
            Description = $"The sensor's mode: {string.Join(", ", SensorMode.All.Select(known => known.Name))}.",
            DefaultValueFactory = _ => SensorMode.All[0].Name,
        };
        var baud = new Option<int>("--baud")
        {
            Description = "Speed of the line in bit/s.", DefaultValueFactory = _ => 1_000_000, HelpName = "N",
        };
        var unpaced = new Option<bool>("--unpaced") { Description = "Send as fast as it is read, not at the pace of sensor and wire." };
        var noise = Number("--noise", "The sensor's noise: standard deviation in gray levels.", 0.0, "SIGMA");
        var blur = Number("--blur", "The lens's blur: standard deviation in pixels.", 0.0, "SIGMA");
        var drop = Number("--drop", "A bad cable: part of the bytes that are lost, 0 to 1.", 0.0, "RATE");
        var flip = Number("--flip", "A bad cable: part of the bytes in which a bit is turned over.", 0.0, "RATE");
        var duplicate = Number("--duplicate", "A bad cable: part of the bytes that arrive twice.", 0.0, "RATE");
        var fault = new Option<string?>("--fault")
        {
            Description = $"Something wrong with the camera or a wire to it, for `doctor` to find: {CameraFault.Names}.",
            HelpName = "FAULT",
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Seed of noise and faults: the same seed, the same noise.", DefaultValueFactory = _ => 1, HelpName = "S",
        };
        var firmware = new Option<bool>("--firmware")
        {
            Description =
                "Run the real firmware in its simulator instead of a doorbell made of C#. Of the other options it knows --ring-every, "
                + "--visits, --once, --baud, --fault and --json.",
        };
        var json =
            CommonOptions.Json("Write one JSON object per line: the port, each visit with its photo, press and frames, and the end.");
        var command = new Command("simulate",
            "Be a doorbell without hardware: opens a port like a real one, shows the photos to the camera one after the other, and rings.")
        {
            photos, list, ringEvery, visits, once, link, mode, baud, unpaced, noise, blur, drop, flip, duplicate, fault, seed, firmware,
                json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            CameraFault? camera = parsed.GetValue(fault) is { } word ? Options(() => CameraFault.Parse(word)) : null;
            string modeName = parsed.GetValue(mode)!;
            string folder = parsed.GetValue(photos)!.FullName;
            IReadOnlyList<string> photoPaths = PhotoList.Read(folder, parsed.GetValue(list)?.FullName);
            double seconds = parsed.GetValue(ringEvery);
            if (!(seconds is >= 0 and <= 86_400))
                throw new UserErrorException($"--ring-every is 0 to 86400 seconds; it was {seconds}.", ExitCode.WrongUsage);
            if (parsed.GetValue(visits) is < 1) throw new UserErrorException("--visits is 1 or more.", ExitCode.WrongUsage);
            if (parsed.GetValue(firmware))
            {
                int count = parsed.GetValue(visits) ?? (parsed.GetValue(once) ? photoPaths.Count : int.MaxValue);
                await new FirmwareSimulation(folder, photoPaths, parsed.GetValue(baud), TimeSpan.FromSeconds(seconds), count,
                    parsed.GetValue(json), camera).RunAsync(cancellationToken);
                return (int)ExitCode.Done;
            }
            var simulation = new Simulation(
                folder,
                photoPaths,
                Options(() => new VirtualDoorbellOptions
                {
                    Mode = SensorMode.Find(modeName)
                        ?? throw new ArgumentException(
                        $"There is no mode '{modeName}'; there are {string.Join(", ", SensorMode.All.Select(known => known.Name))}."),
                    BaudRateBitsPerSecond = parsed.GetValue(baud),
                    IsPaced = !parsed.GetValue(unpaced),
                    NoiseSigma = (float)parsed.GetValue(noise),
                    BlurSigmaPixels = (float)parsed.GetValue(blur),
                    Seed = parsed.GetValue(seed),
                    Camera = camera,
                }),
                Options(() => new CableFaults(parsed.GetValue(drop), parsed.GetValue(flip), parsed.GetValue(duplicate))),
                TimeSpan.FromSeconds(seconds),
                parsed.GetValue(visits) ?? (parsed.GetValue(once) ? photoPaths.Count : int.MaxValue),
                parsed.GetValue(link),
                parsed.GetValue(json));
            await simulation.RunAsync(cancellationToken);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Option<double> Number(string name, string description, double usual, string helpName) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual, HelpName = helpName };

    /// <summary>Makes a value of what the user typed; what the value does not allow becomes the user's sentence.</summary>
    private static T Options<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException error)
        {
            string sentence = error.Message.Split(" (Parameter")[0].Split('\n')[0];
            throw new UserErrorException(error is ArgumentOutOfRangeException { ActualValue: { } found }
                ? $"{sentence} It was {found}."
                : sentence, ExitCode.WrongUsage);
        }
    }
}
