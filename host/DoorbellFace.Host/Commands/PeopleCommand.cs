using System.CommandLine;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell people: who is enrolled, and looking after them.</summary>
internal static class PeopleCommand
{
    /// <summary>The command.</summary>
    /// <param name="load">Loads the tools; null for the real ones.</param>
    public static Command Create(Func<string?, GalleryTools>? load = null)
    {
        Func<string?, GalleryTools> tools = load ?? GalleryTools.Load;
        return new("people", "Look at the people who are enrolled, and look after them.")
        {
            CreateList(tools), CreateRename(tools), CreateMerge(tools), CreateRemove(tools), CreateNot(tools), PeopleSelfTest.Create(tools),
        };
    }

    private static Command CreateList(Func<string?, GalleryTools> load)
    {
        var command = new Command("list", "List everyone who is enrolled.");
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            IReadOnlyList<StoredPerson> people = gallery.ReadNames(parsed);
            if (parsed.GetValue(gallery.Json))
            {
                Screen.WriteJson(new
                {
                    people = people.Select(person => new
                    {
                        person.Id,
                        person.Name,
                        samples = person.Positives.Select(sample => new { sample.Id, sample.Source, sample.AddedAt, sample.Weight }),
                        negatives = person.Negatives.Select(sample => new { sample.Id, sample.Source, sample.AddedAt }),
                    }),
                });
            }
            else if (people.Count == 0) Console.Out.WriteLine("Nobody is enrolled yet. ./doorbell enroll NAME --camera enrols someone.");
            else foreach (StoredPerson person in people) Console.Out.WriteLine(Describe(person));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRename(Func<string?, GalleryTools> load)
    {
        Argument<string> from = Name("NAME", "Who is enrolled."), to = Name("NEW", "The new name, as it is to be spoken.");
        var command = new Command("rename", "Give a person another name.") { from, to };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            IReadOnlyList<StoredPerson> people = gallery.ReadNames(parsed);
            StoredPerson person = GalleryOptions.Require(people, parsed.GetValue(from)!);
            string name = GalleryOptions.CheckName(parsed.GetValue(to)!);
            if (GalleryOptions.Find(people, name) is { } other && other.Id != person.Id)
                throw new UserErrorException($"{other.Name} is enrolled already. If both are the same person: ./doorbell people merge \"{person.Name}\" \"{other.Name}\"", ExitCode.Failed);
            gallery.Apply(parsed, new GalleryChange { Named = new Dictionary<Guid, string> { [person.Id] = name } });
            Answer(parsed, gallery, $"{person.Name} is called {name} now.", new { person.Id, name });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateMerge(Func<string?, GalleryTools> load)
    {
        Argument<string> from = Name("NAME", "Who goes."), into = Name("INTO", "Who stays, and gets the pictures.");
        var command = new Command("merge", "Join two entries that are the same person: the pictures of the first go to the second.") { from, into };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            IReadOnlyList<StoredPerson> people = gallery.ReadNames(parsed);
            StoredPerson goes = GalleryOptions.Require(people, parsed.GetValue(from)!), stays = GalleryOptions.Require(people, parsed.GetValue(into)!);
            if (goes.Id == stays.Id) throw new UserErrorException($"{goes.Name} cannot be merged with themselves; name two people.", ExitCode.WrongUsage);
            Guid[] redundant = Redundant(parsed, gallery, goes, stays);
            gallery.Apply(parsed, new GalleryChange
            {
                Moved = [.. goes.Samples.Select(sample => (sample.Id, stays.Id))],
                RemovedSamples = redundant,
                RemovedPeople = [goes.Id],
            });
            int samples = goes.Positives.Concat(stays.Positives).Count(sample => !redundant.Contains(sample.Id));
            Answer(parsed, gallery, $"{goes.Name} is {stays.Name} now, with {samples} pictures.", new { stays.Id, stays.Name, samples, redundant = redundant.Length });
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The model is asked only when there are too many pictures.</summary>
    private static Guid[] Redundant(ParseResult parsed, GalleryOptions gallery, StoredPerson goes, StoredPerson stays)
    {
        int most = new EnrolmentOptions().MostSamples;
        if (goes.Positives.Concat(stays.Positives).Count() <= most && goes.Negatives.Concat(stays.Negatives).Count() <= most) return [];
        using GalleryTools tools = gallery.LoadTools(parsed);
        StoredSample[] all = [.. gallery.Read(parsed, tools).Where(person => person.Id == goes.Id || person.Id == stays.Id).SelectMany(person => person.Samples)];
        return [.. all.GroupBy(sample => sample.IsNegative).SelectMany(alike => Redundancy.Beyond(most, [.. alike])).Select(sample => sample.Id)];
    }

    private static Command CreateRemove(Func<string?, GalleryTools> load)
    {
        Argument<string> name = Name("NAME", "Who is to be forgotten.");
        var picture = new Option<string?>("--picture") { Description = "Remove only this picture; the end of its id, as selftest names it.", HelpName = "ID" };
        var visits = new Option<bool>("--visits") { Description = "Delete the visits with this name, too." };
        var command = new Command("remove", "Forget a person: pictures, templates and name. It cannot be undone.") { name, picture, visits };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            StoredPerson person = GalleryOptions.Require(gallery.ReadNames(parsed), parsed.GetValue(name)!);
            if (parsed.GetValue(picture) is { } which)
            {
                StoredSample sample = OnePicture(person, which);
                gallery.Apply(parsed, new GalleryChange { RemovedSamples = [sample.Id] });
                Answer(parsed, gallery, $"One picture of {person.Name} is removed; {person.Samples.Count - 1} are left.", new { person.Name, removed_sample = sample.Id });
                return (int)ExitCode.Done;
            }
            gallery.Apply(parsed, new GalleryChange { RemovedPeople = [person.Id] });
            bool withVisits = parsed.GetValue(visits);
            int deleted = withVisits ? VisitsCommand.DeleteNamed(gallery.Folder(parsed), person.Name) : 0;
            string rest = withVisits ? $" {deleted} visits are deleted." : " Visits keep their pictures; --visits, or ./doorbell visits delete, removes those.";
            Answer(parsed, gallery, $"{person.Name} is removed. Nothing of the {person.Samples.Count} pictures is left in the gallery.{rest}", new { person.Name, samples = person.Samples.Count, visits_deleted = deleted });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateNot(Func<string?, GalleryTools> load)
    {
        Argument<string> name = Name("NAME", "Whose name was said wrongly.");
        var visit = new Option<string>("--visit") { Description = "The visit; its id, or the end of it, as ./doorbell visits list shows it.", HelpName = "ID", Required = true };
        var command = new Command("not", "Say that a visitor who was taken for a person was someone else, so that it does not happen again.") { name, visit };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            StoredPerson person = GalleryOptions.Require(gallery.ReadNames(parsed), parsed.GetValue(name)!);
            string path = VisitsCommand.PictureOf(gallery.Folder(parsed), parsed.GetValue(visit)!);
            using GalleryTools tools = gallery.LoadTools(parsed);
            person = GalleryOptions.Require(gallery.Read(parsed, tools), person.Name);
            PixelBuffer picture = PictureFile.Read(path);
            EnrolmentResult result = new Enrolment(person, isNew: false, tools.Embedder, Guid.CreateVersion7)
                .Exclude(picture, tools.InPhoto(picture), SampleSource.Visit, TimeProvider.System.GetUtcNow(), Path.GetFileName(path));
            if (result.Added.Count > 0) gallery.Apply(parsed, result.Change);
            string words = result.Added.Count > 0
                ? $"That visitor will not be taken for {person.Name} again."
                : $"The picture of that visit is of no use here: {result.Refused.Select(refused => refused.Reason).FirstOrDefault("others say the same")}.";
            Answer(parsed, gallery, words, new { person.Name, added = result.Added.Count, result.Refused });
            return (int)(result.Added.Count > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static StoredSample OnePicture(StoredPerson person, string which)
    {
        StoredSample[] found = [.. person.Samples.Where(sample => sample.Id.ToString().EndsWith(which.Trim(), StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new UserErrorException($"{person.Name} has no picture \"{which}\". ./doorbell people selftest names the pictures that stand out, ./doorbell people list --json all."),
            _ => throw new UserErrorException($"{found.Length} pictures of {person.Name} have an id that ends in \"{which}\": give more of it.", ExitCode.WrongUsage),
        };
    }

    private static string Describe(StoredPerson person)
    {
        int pictures = person.Positives.Count(), negatives = person.Negatives.Count();
        string text = $"{person.Name}: {(pictures == 1 ? "1 picture" : $"{pictures} pictures")}";
        if (person.Samples.Count > 0) text += $", the last from {person.Samples[^1].AddedAt.ToLocalTime():yyyy-MM-dd}";
        return negatives == 0 ? text + "." : $"{text}; {negatives} known not to be {person.Name}.";
    }

    private static void Answer<T>(ParseResult parsed, GalleryOptions gallery, string words, T json)
    {
        if (parsed.GetValue(gallery.Json)) Screen.WriteJson(json);
        else Console.Out.WriteLine(words);
    }

    private static Argument<string> Name(string name, string description) => new(name) { Description = description };
}
