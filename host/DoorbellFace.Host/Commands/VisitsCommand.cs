using System.CommandLine;
using System.Globalization;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell visits list, show and delete: who was at the door.</summary>
internal static class VisitsCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("visits", "Look at the visits that were kept, or delete them. Alone, it lists the latest.",
            usual: "list") { CreateList(), CreateShow(), CreateDelete() };

    private static Command CreateList()
    {
        var count = new Option<int>("--count")
        {
            Description = "How many, the newest first.", HelpName = "N", DefaultValueFactory = _ => 20,
        };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the latest visits.") { count, data, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<VisitRecord> visits = VisitsIn(parsed, data).List(parsed.GetValue(count));
            if (parsed.GetValue(json)) Screen.WriteJson(new { visits });
            else if (visits.Count == 0) Console.Out.WriteLine("No visits yet.");
            else foreach (string line in VisitTable.Of(visits)) Console.Out.WriteLine(line);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateShow()
    {
        Argument<string> id = IdArgument();
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("show", "Show all that is kept of one visit.") { id, data, json };
        command.SetAction(parsed =>
        {
            VisitRecord visit = VisitsIn(parsed, data).Show(parsed.GetValue(id)!);
            if (parsed.GetValue(json)) Screen.WriteJson(visit);
            else Console.Out.WriteLine(VisitTable.Describe(visit));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateDelete()
    {
        Argument<string> id = IdArgument();
        id.Arity = ArgumentArity.ZeroOrOne;
        var olderThan = new Option<string?>("--older-than")
        {
            Description = "Delete every visit that ended longer ago than this, such as 12h, 30d or 8w.", HelpName = "TIME",
        };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        Option<bool> yes = Question.YesOption();
        var command =
            new Command("delete",
                "Delete a visit with its picture, or all that are older than a time. It cannot be undone, so it asks first where somebody "
                + "can answer.") { id, olderThan, yes, data, json };
        command.SetAction(parsed =>
        {
            string? age = parsed.GetValue(olderThan), which = parsed.GetValue(id);
            if ((age is null) == (which is null))
                throw new UserErrorException(
                    "Name either one visit, as in ./doorbell visits delete 1a2b3c4d, or an age, as in ./doorbell visits delete "
                    + "--older-than 30d.", ExitCode.WrongUsage);
            TimeSpan? keep = age is null ? null : ParseAge(age);
            HouseServices services = ServicesOf(parsed, data);
            VisitService visits = services.Visits;
            bool isSure = parsed.GetValue(yes) || parsed.GetValue(json);
            Question.BeforeWhatCannotBeUndone(
                which is null
                    ? $"Delete every visit that ended more than {age} ago? It cannot be undone."
                    : $"Delete this visit? It cannot be undone.\n{VisitTable.Describe(visits.Show(which))}\n", isSure);
            int deleted = 1;
            if (keep is { } time) deleted = visits.DeleteOlderThan(time);
            else visits.Delete(which!);
            if (deleted > 0) services.NoteAtConsole(AuditAct.VisitDeleted);
            if (parsed.GetValue(json)) Screen.WriteJson(new { deleted });
            else Console.Out.WriteLine(deleted == 1 ? "1 visit deleted." : $"{deleted} visits deleted.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>Reads "12h", "30d" or "8w".</summary>
    internal static TimeSpan ParseAge(string text)
    {
        const int mostDays = 36500;
        double hours = text.Length < 2 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'h' => 1, 'd' => 24, 'w' => 168, _ => 0 };
        if (hours > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
            && count * hours <= mostDays * 24.0)
            return TimeSpan.FromHours(count * hours);
        throw new UserErrorException($"\"{text}\" is no age: expected a number and h, d or w, such as 12h, 30d or 8w (up to {mostDays}d).",
            ExitCode.WrongUsage);
    }

    private static VisitService VisitsIn(ParseResult parsed, Option<DirectoryInfo?> data) => ServicesOf(parsed, data).Visits;

    private static HouseServices ServicesOf(ParseResult parsed, Option<DirectoryInfo?> data) =>
        new(CommonOptions.DataFolderOf(parsed.GetValue(data)), GalleryOptions.Log);

    private static Argument<string> IdArgument() => new("ID")
    {
        Description = "The visit's id, the end of it as the list shows it, or \"last\".",
    };
}
