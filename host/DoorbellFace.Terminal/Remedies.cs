using DoorbellFace.Application;

namespace DoorbellFace.Terminal;

/// <summary>What helps, in the words of a terminal: the command to type.</summary>
public static class Remedies
{
    /// <summary>A remedy as a sentence; its names stand in the command, quoted as a shell wants them.</summary>
    public static string InWords(Remedy remedy)
    {
        string Name(int index, string otherwise) => index < remedy.Names.Count ? ShellWords.Quote(remedy.Names[index]) : otherwise;
        return remedy.Key switch
        {
            RemedyKey.Enrol => $"Enrol at the door, in about a minute: ./doorbell enroll {Name(0, "NAME")} --camera",
            RemedyKey.ListPeople => "Who is enrolled: ./doorbell people list",
            RemedyKey.Merge => $"To join them: ./doorbell people merge {Name(0, "NAME")} {Name(1, "INTO")}",
            RemedyKey.Confirm => "If that is meant, repeat the command with --anyway.",
            RemedyKey.RemovePicture => $"To take it out: ./doorbell people remove {Name(0, "NAME")} --picture {Name(1, "ID")}",
            RemedyKey.SelfTest => "Which pictures stand out: ./doorbell people selftest. All of them: ./doorbell people list --json",
            RemedyKey.UndoEnrolment => $"To take the last enrolment back: ./doorbell people undo-enrolment {Name(0, "NAME")}",
            RemedyKey.ListVisits => "What there is: ./doorbell visits list",
            RemedyKey.ClearRules => "Mend the file, or begin without rules: ./doorbell rules clear",
            RemedyKey.ChooseDataFolder => "Name a folder that you may write to with --data.",
            RemedyKey.ListPorts => "What there is: ./doorbell ports",
            RemedyKey.NamePort => "Name one of them with --port.",
            RemedyKey.FreePortFromBraille => FreeFromBraille(remedy.Names[0], remedy.Names[1]),
            RemedyKey.LoadPortDriver =>
                $"What the system says of it: sudo dmesg | grep -i -e tty -e {Name(0, "usb").Split(':')[0]} -e usb. Unplug the doorbell, "
                + $"plug it in again, and look at the last lines.",
            RemedyKey.Simulate => "Or name its port with --port. Without hardware: ./doorbell simulate --help",
            RemedyKey.Record => "To make one: ./doorbell record FILE",
            RemedyKey.MakeModel =>
                "Train or export the model again (./doorbell train, ./doorbell export), or put both files of one model into the folder.",
            RemedyKey.RollBackModel => "Back to the model before: ./doorbell models rollback",
            RemedyKey.TrySound => "Try the sound: ./doorbell say hello",
            RemedyKey.Examine => "What is wrong with the doorbell: ./doorbell doctor",
            RemedyKey.StartDoor => "Begin with: ./doorbell run",
            RemedyKey.Restart => "Start ./doorbell run again.",
            RemedyKey.InstallTrainer => "To install it: ./doorbell build training",
            RemedyKey.ResetPagePassword => "To set a new password: ./doorbell page reset-password",
            _ => throw new ArgumentOutOfRangeException(nameof(remedy), remedy.Key, "No such remedy."),
        };
    }

    /// <summary>
    /// One chip is taken out of brltty's rules, by a copy where the system's owner keeps their own: it replaces the original and outlives
    /// an update. Removing brltty would take the screen from whoever reads it by braille.
    /// </summary>
    private static string FreeFromBraille(string rules, string id)
    {
        string own = "/etc/udev/rules.d/" + Path.GetFileName(rules), mention = id.Replace(":", "\\/", StringComparison.Ordinal);
        string edit = rules == own
            ? $"sudo sed -i '/{mention}/Is/^/#/' {own}"
            : $"sed '/{mention}/Is/^/#/' {rules} | sudo tee {own} >/dev/null";
        return $"To free this chip alone (brltty stays, and braille displays without this chip work as before): {edit} && sudo udevadm "
            + $"control --reload. Then unplug the doorbell and plug it in again. "
            + $"If your braille display has this very chip ({id}), leave it, and use a board with another one, such as an Arduino Uno.";
    }

    /// <summary>An error with what helps against it.</summary>
    public static string InWords(DoorbellException error) =>
        error.Remedy is { } remedy ? $"{error.Message} {InWords(remedy)}" : error.Message;
}
