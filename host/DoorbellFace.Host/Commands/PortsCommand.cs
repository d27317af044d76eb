using System.CommandLine;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell ports: which serial ports there are.</summary>
internal static class PortsCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var json = CommonOptions.Json();
        var command =
            new Command("ports", "List the serial ports that a doorbell may be plugged into, and what is plugged in there.") { json };
        command.SetAction(parsed =>
        {
            var discovery = new PortDiscovery();
            IReadOnlyList<SerialPortDescription> ports = discovery.List();
            IReadOnlyList<HiddenPort> hidden = discovery.Hidden();
            if (parsed.GetValue(json))
            {
                Screen.WriteJson(new { ports, hidden });
            }
            else
            {
                foreach (SerialPortDescription port in ports)
                    Console.Out.WriteLine(port.Path == port.DevicePath
                        ? $"{port.Path}  ({port.Description})"
                        : $"{port.Path} -> {port.DevicePath}  ({port.Description})");
                foreach (HiddenPort chip in hidden)
                {
                    string reason = chip.BrailleRules is null
                        ? "something keeps it from having one"
                        : "the braille program, brltty, takes it for a braille display";
                    Console.Out.WriteLine(
                        $"No port, but plugged in: {chip.Description}; {reason}. {Remedies.InWords(PortDiscovery.RemedyFor(chip))}");
                }
                if (ports.Count == 0 && hidden.Count == 0)
                    Console.Out.WriteLine(
                        "There is no USB serial port (/dev/ttyACM* or /dev/ttyUSB*). Is the doorbell plugged in, with a cable that carries "
                        + "data?");
            }
            return (int)(ports.Count > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
