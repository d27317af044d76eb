using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell visits list, show and delete: who was at the door.</summary>
internal static class VisitsCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new("visits", "Look at the visits that were kept, or delete them.") { CreateList(), CreateShow(), CreateDelete() };

    private static Command CreateList()
    {
        var count = new Option<int>("--count") { Description = "How many, the newest first.", HelpName = "N", DefaultValueFactory = _ => 20 };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("list", "List the latest visits.") { count, data, json };
        command.SetAction(parsed =>
        {
            int most = parsed.GetValue(count);
            if (most < 1) throw new UserErrorException($"--count is {most}: expected 1 or more.", ExitCode.WrongUsage);
            using SqliteVisitStore? store = OpenIfThere(CommonOptions.DataFolderOf(parsed.GetValue(data)));
            IReadOnlyList<VisitRecord> visits = store?.Recent(most) ?? [];
            if (parsed.GetValue(json)) Screen.WriteJson(new { visits = visits.Select(visit => WithFullPath(visit, store!)) });
            else if (visits.Count == 0) Console.Out.WriteLine("No visits yet.");
            else Screen.Output.Write(VisitTable.Of(visits));
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
            string folder = CommonOptions.DataFolderOf(parsed.GetValue(data));
            using SqliteVisitStore? store = OpenIfThere(folder);
            VisitRecord visit = WithFullPath(FindOne(store, folder, parsed.GetValue(id)!), store!);
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
        var olderThan = new Option<string?>("--older-than") { Description = "Delete every visit that ended longer ago than this, such as 12h, 30d or 8w.", HelpName = "TIME" };
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("delete", "Delete a visit with its picture, or all that are older than a time. It cannot be undone.") { id, olderThan, data, json };
        command.SetAction(parsed =>
        {
            string folder = CommonOptions.DataFolderOf(parsed.GetValue(data));
            string? age = parsed.GetValue(olderThan), which = parsed.GetValue(id);
            if ((age is null) == (which is null))
                throw new UserErrorException("Name either one visit, as in ./doorbell visits delete 1a2b3c4d, or an age, as in ./doorbell visits delete --older-than 30d.", ExitCode.WrongUsage);
            TimeSpan? keep = age is null ? null : ParseAge(age);
            using SqliteVisitStore? store = OpenIfThere(folder);
            int deleted = keep is { } time ? DeleteOld(store, time) : DeleteOne(store, folder, which!);
            if (parsed.GetValue(json)) Screen.WriteJson(new { deleted });
            else Console.Out.WriteLine(deleted == 1 ? "1 visit deleted." : $"{deleted} visits deleted.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static int DeleteOld(SqliteVisitStore? store, TimeSpan keep) => store?.DeleteEndedBefore(TimeProvider.System.GetUtcNow() - keep) ?? 0;

    private static int DeleteOne(SqliteVisitStore? store, string folder, string which)
    {
        VisitRecord visit = FindOne(store, folder, which);
        if (visit.EndedAt is null)
            throw new UserErrorException("This visit still goes on, and would be kept anew with its next change. Delete it when it is over.", ExitCode.Failed);
        return store!.Delete(visit.Id) ? 1 : 0;
    }

    /// <summary>Reads "12h", "30d" or "8w".</summary>
    internal static TimeSpan ParseAge(string text)
    {
        const int mostDays = 36500;
        double hours = text.Length < 2 ? 0 : char.ToLowerInvariant(text[^1]) switch { 'h' => 1, 'd' => 24, 'w' => 168, _ => 0 };
        if (hours > 0 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0 && count * hours <= mostDays * 24.0)
            return TimeSpan.FromHours(count * hours);
        throw new UserErrorException($"\"{text}\" is no age: expected a number and h, d or w, such as 12h, 30d or 8w (up to {mostDays}d).", ExitCode.WrongUsage);
    }

    /// <summary>The picture of one visit, for commands that learn from it.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="which">The visit's id, or the end of it.</param>
    /// <returns>An absolute path.</returns>
    /// <exception cref="UserErrorException">There is no such visit, or no picture of it.</exception>
    internal static string PictureOf(string folder, string which)
    {
        using SqliteVisitStore? store = OpenIfThere(folder);
        VisitRecord visit = FindOne(store, folder, which);
        return store!.Pictures.Find(visit) ?? throw new UserErrorException($"There is no picture of the visit {visit.Id}.");
    }

    /// <summary>Deletes the visits with a name.</summary>
    /// <returns>How many there were.</returns>
    internal static int DeleteNamed(string folder, string name)
    {
        using SqliteVisitStore? store = OpenIfThere(folder);
        return store?.DeleteNamed(name) ?? 0;
    }

    private static VisitRecord FindOne(SqliteVisitStore? store, string folder, string which)
    {
        IReadOnlyList<VisitRecord> found = store?.FindEnding(which.Trim()) ?? [];
        return found.Count switch
        {
            1 => found[0],
            0 => throw new UserErrorException($"There is no visit \"{which}\" in {folder}. ./doorbell visits list shows what there is."),
            _ => throw new UserErrorException($"{found.Count} visits have an id that ends in \"{which}\": give more of it, such as {found[0].Id}.", ExitCode.WrongUsage),
        };
    }

    /// <summary>Looking must not make a store where there is none.</summary>
    private static SqliteVisitStore? OpenIfThere(string folder) =>
        SqliteVisitStore.Exists(folder) ? SqliteVisitStore.Open(folder, StoreAccess.Guest, TimeProvider.System, new RemarkLogger(LogLevel.Warning)) : null;

    private static VisitRecord WithFullPath(VisitRecord visit, SqliteVisitStore store) => visit with { PicturePath = store.Pictures.Find(visit) };

    private static Argument<string> IdArgument() => new("ID") { Description = "The visit's id, or the end of it as the list shows it." };
}
