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
        var command = new Command("ports", "List the serial ports that a doorbell may be plugged into, and what is plugged in there.") { json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<SerialPortDescription> ports = new PortDiscovery().List();
            if (parsed.GetValue(json))
            {
                Screen.WriteJson(new { ports });
            }
            else
            {
                foreach (SerialPortDescription port in ports)
                    Console.Out.WriteLine(port.Path == port.DevicePath ? $"{port.Path}  ({port.Description})" : $"{port.Path} -> {port.DevicePath}  ({port.Description})");
                if (ports.Count == 0) Console.Out.WriteLine("There is no USB serial port (/dev/ttyACM* or /dev/ttyUSB*). Is the doorbell plugged in, with a cable that carries data?");
            }
            return (int)(ports.Count > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }
}
