using System.CommandLine;
using DoorbellFace.Host.Commands.Setup;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>All commands of the host; a new one is added here and in the launcher.</summary>
internal static class CommandList
{
    /// <summary>The root that a command line is read by.</summary>
    public static Command CreateRoot() => CommandRunner.CreateRoot(
        "DoorbellFace: hear who is at the door.",
        RunCommand.Create(),
        SetupCommand.Create(),
        AskCommands.CreateLook(),
        AskCommands.CreateSayAgain(),
        WallCommand.Create(),
        ReportCommands.CreateWhoWasThat(),
        ReportCommands.CreateToday(),
        EnrollCommand.Create(),
        PeopleCommand.Create(),
        VisitsCommand.Create(),
        RulesCommand.Create(),
        PageCommand.Create(),
        NotifyCommand.Create(),
        LeaveBrokerCommand.Create(),
        SayCommand.Create(),
        DoctorCommand.Create(),
        PortsCommand.Create(),
        SimulateCommand.Create(),
        RecordCommand.Create(),
        ReplayCommand.Create(),
        IdentifyCommand.Create(),
        EvaluateCommand.Create(),
        DemoCommand.Create(),
        DrawPeopleCommand.Create());
}
