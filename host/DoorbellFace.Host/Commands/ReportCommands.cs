using System.CommandLine;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Languages;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell who-was-that and today: what was at the door, in sentences; the running door says them if wanted.</summary>
internal static class ReportCommands
{
    /// <summary>./doorbell who-was-that.</summary>
    public static Command CreateWhoWasThat() =>
        Create("who-was-that", "Tell of the last visit: when, who, and how sure that is.", reports => reports.LastVisit());

    /// <summary>./doorbell today.</summary>
    public static Command CreateToday() =>
        Create("today", "Tell of today: how many rings, who came how often, and which ring could not be looked at.", reports =>
            reports.Today());

    private static Command Create(string name, string description, Func<VisitReports, string> tell)
    {
        var data = CommonOptions.Data();
        var language = CommonOptions.Language();
        var aloud = new Option<bool>("--aloud") { Description = "The running door says it." };
        var json = CommonOptions.Json();
        var command = new Command(name, description) { data, language, aloud, json };
        command.SetAction(async (parsed, stop) =>
        {
            string folder = CommonOptions.DataFolderOf(parsed.GetValue(data));
            Language words = RunSettings.LanguageFor(parsed.GetValue(language));
            var house = new HouseServices(folder, NullLogger.Instance);
            // Rules that cannot be read keep nobody from hearing of the day.
            var rules = new LiveRules(house.RulesStorage, NullLogger.Instance);
            rules.Refresh();
            string says = tell(new VisitReports(house.Visits, words, TimeProvider.System, rules.Current.Quiet?.Times));
            if (parsed.GetValue(aloud)) await new DoorSocketClient(folder).SayAsync(says, stop);
            if (parsed.GetValue(json)) Screen.WriteJson(new { says });
            else Console.Out.WriteLine(says);
            return (int)ExitCode.Done;
        });
        return command;
    }
}
