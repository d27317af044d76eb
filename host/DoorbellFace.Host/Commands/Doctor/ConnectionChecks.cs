using System.Globalization;
using DoorbellFace.Core.Link;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>From the port to the doorbell's first word: what is seen is judged; nothing here opens or reads anything.</summary>
internal static class ConnectionChecks
{
    private const string OtherCable = "Try another USB cable, because some only charge, and another USB socket.";

    /// <summary>Is there a port?</summary>
    /// <param name="named">The port that the user named, or null.</param>
    /// <param name="namedExists">There is something of that name that can be a port.</param>
    /// <param name="ports">The USB serial ports that there are.</param>
    /// <param name="hidden">Serial chips that are plugged in and have no port.</param>
    public static Finding Port(string? named, bool namedExists, IReadOnlyList<SerialPortDescription> ports,
        IReadOnlyList<HiddenPort>? hidden = null)
    {
        string list = ports.Count == 0
            ? "There is no USB serial port."
            : string.Join('\n', ports.Select(port => $"{port.Path}  ({port.Description})"));
        if (named is not null)
        {
            return namedExists
                ? Finding.Pass(Checks.Port, "The port is there.", named)
                : Finding.Fail(Checks.Port, "The port that you named is not there.",
                    $"Is the doorbell plugged in? {OtherCable} Or leave the port's name out.", $"{named}\n{list}");
        }
        return ports.Count switch
        {
            1 => Finding.Pass(Checks.Port, "A serial port is there.", list),
            0 when hidden is [var chip, ..] => Finding.Fail(
                Checks.Port,
                chip.BrailleRules is null
                    ? "A serial chip is plugged in, but it has no serial port."
                    : "A serial chip is plugged in, but the braille program has taken its port.",
                chip.BrailleRules is null
                    ? "Another program may have taken it, or its driver is missing."
                    : "The command that frees this one chip, without removing the braille program, stands on the screen.",
                $"{chip.Description}\n{Remedies.InWords(PortDiscovery.RemedyFor(chip))}"),
            0 => Finding.Fail(Checks.Port, "No doorbell is plugged in: this computer has no USB serial port.",
                $"Plug the doorbell in. If it is plugged in, {char.ToLowerInvariant(OtherCable[0])}{OtherCable[1..]}",
                "Expected: /dev/ttyACM* or /dev/ttyUSB*"),
            _ => Finding.Fail(Checks.Port, $"There are {ports.Count} serial ports, and it is not clear which is the doorbell.",
                "Unplug the others, or name the doorbell's port.", $"./doorbell doctor --port PATH, with one of:\n{list}"),
        };
    }

    /// <summary>May this user use the port?</summary>
    /// <param name="trouble">Why not; null when they may.</param>
    public static Finding Permission(LinkUnavailableException? trouble) => trouble is null
        ? Finding.Pass(Checks.Permission, "You may use it.")
        : Finding.Fail(Checks.Permission, "You may not use the port.",
            "Your user must be added to the port's group, and you must log out and log in again.", trouble.Message);

    /// <summary>Could it be opened?</summary>
    /// <param name="trouble">Why not; null when it could.</param>
    public static Finding Opening(LinkUnavailableException? trouble) => trouble switch
    {
        null => Finding.Pass(Checks.Opening, "The port opens."),
        { Fault: LinkFault.HeldByAnother } =>
            Finding.Fail(Checks.Opening, "Another program is using the port.",
                "Stop the other doorbell program, or close the serial monitor of the Arduino program, and try again.", trouble.Message),
        _ => Finding.Fail(Checks.Opening, "The port cannot be opened.", "Perhaps it is no serial port: name the port of the doorbell.",
            trouble.Message),
    };

    /// <summary>Do bytes come, and do they make sense?</summary>
    /// <param name="statistics">What came.</param>
    /// <param name="heardAt">The speed in bit/s at which the doorbell was understood, or null.</param>
    /// <param name="rates">The speeds that were tried.</param>
    /// <param name="attempts">What came of the faster ones that the two ends tried; null when the device cannot change its speed.</param>
    public static Finding Baud(LinkStatistics statistics, int? heardAt, IReadOnlyList<int> rates,
        IReadOnlyList<RateAttempt>? attempts = null)
    {
        string tried =
            $"{string.Join(", ", rates.Select(rate => Number(rate)))} bit/s were tried; {Number(statistics.BytesReceived)} bytes came, "
            + $"{Number(statistics.PacketsAccepted)} good packets";
        if (heardAt is { } heard)
            return Finding.Pass(Checks.Baud, $"It speaks at {Number(heard)} bits per second{WhyNoFaster(heard, attempts)}", Told(attempts));
        if (statistics.PacketsAccepted > 0) return Finding.Pass(Checks.Baud, "What it says can be understood.", tried);
        return statistics.BytesReceived == 0
            ? Finding.Fail(Checks.Baud, "The port is open, but the doorbell says nothing.",
                $"Is a light on at the board? If not, it has no power: {char.ToLowerInvariant(OtherCable[0])}{OtherCable[1..]} If a light "
                + $"is on, the doorbell's program may not be on the board: load it again.", tried)
            : Finding.Fail(Checks.Baud, "The doorbell says something, but at no known speed does it make sense.",
                "Perhaps it is another device. Otherwise load the doorbell's program onto the board again; the board must be an Arduino "
                + "Uno or Nano with a clock of 16 megahertz.", tried);
    }

    /// <summary>Has the doorbell introduced itself, in the protocol that this program speaks?</summary>
    /// <param name="hello">How, or null.</param>
    /// <param name="trouble">Why not; null when it has.</param>
    public static Finding Hello(HelloPacket? hello, LinkTrouble? trouble)
    {
        if (hello is { ProtocolMajor: HelloPacket.CurrentMajor } known)
        {
            string board = known.Board == BoardKind.Virtual ? "a doorbell made of software" : "an Arduino";
            string number = known.DeviceNumber == 0 ? "" : $", number {known.DeviceNumber}";
            return Finding.Pass(Checks.Hello, $"The doorbell answers: program {known.FirmwareVersion} on {board}.",
                $"protocol {known.ProtocolMajor}.{known.ProtocolMinor}, start {known.Boot}, {known.Width}x{known.Height}{number}");
        }
        return trouble is { Fault: LinkFault.WrongVersion }
            ? Finding.Fail(Checks.Hello, "The doorbell's program and this one do not belong together.",
                "Load the doorbell's program that came with this one onto the board, or update this one.", trouble.Sentence)
            : Finding.Fail(Checks.Hello, "The doorbell speaks, but does not answer when it is asked.",
                "What the computer sends does not arrive: check the wire to the board's receive pin, if there is one of your own; "
                + "otherwise try another USB cable.", trouble?.Sentence);
    }

    /// <summary>Why the speed is what it is: the end of a sentence.</summary>
    private static string WhyNoFaster(int rate, IReadOnlyList<RateAttempt>? attempts)
    {
        if (attempts is null) return ".";
        RateAttempt? failed =
            attempts.LastOrDefault(attempt => attempt.Verdict != RateVerdict.Kept && attempt.BaudRateBitsPerSecond > rate);
        if (failed is null) return rate == DoorbellLinkOptions.KnownBaudRates.Max() ? ", the fastest there is." : ".";
        string faster = Number(failed.BaudRateBitsPerSecond);
        return failed.Verdict switch
        {
            RateVerdict.Lossy when failed.BaudRateBitsPerSecond <= 1_000_000 =>
                $", because at {faster} a part of what was sent got lost. The USB chip of a genuine Uno is known for that; a board with a "
                + "C H 340 is faster.",
            RateVerdict.Lossy => $", because at {faster} a part of what was sent got lost: the cable or the USB chip does not carry it.",
            RateVerdict.PortCannot => $", because this computer's port does not know {faster}.",
            _ => $", because at {faster} neither end heard the other: the USB chip does not carry it. A C P 21 02 ends at 1,000,000.",
        };
    }

    private static string? Told(IReadOnlyList<RateAttempt>? attempts) => attempts is not { Count: > 0 }
        ? null
        : string.Join("; ", attempts.Select(attempt => $"{Number(attempt.BaudRateBitsPerSecond)}: " + attempt.Verdict switch
        {
            RateVerdict.Kept => "nothing lost",
            RateVerdict.Lossy when attempt.TestsArrived is > 0 and < HostCommand.TestPackets =>
                $"{attempt.TestsArrived} of {HostCommand.TestPackets} packets",
            RateVerdict.Lossy => "damaged",
            RateVerdict.PortCannot => "not known to the port",
            _ => "not heard",
        }));

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
