using System.CommandLine;
using DoorbellFace.Application;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell people: who is enrolled, and looking after them.</summary>
internal static class PeopleCommand
{
    /// <summary>The command.</summary>
    /// <param name="load">Loads the tools; null for the real ones.</param>
    public static Command Create(Func<string?, GalleryTools>? load = null) =>
        new CommandGroup("people", "Look at the people who are enrolled, and look after them. Alone, it lists them.", usual: "list")
        {
            CreateList(load), CreateRename(load), CreateMerge(load), CreateRemove(load), CreateUndo(load), CreateNot(load),
                PeopleSelfTest.Create(load),
        };

    private static Command CreateList(Func<string?, GalleryTools>? load)
    {
        var command = new Command("list", "List everyone who is enrolled.");
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            IReadOnlyList<PersonOutline> people = gallery.Services(parsed).People.List();
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
            else if (people.Count == 0) Console.Out.WriteLine($"Nobody is enrolled yet. {Remedies.InWords(new Remedy(RemedyKey.Enrol))}");
            else foreach (PersonOutline person in people) Console.Out.WriteLine(Describe(person));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRename(Func<string?, GalleryTools>? load)
    {
        Argument<string> from = Name("NAME", "Who is enrolled."), to = Name("NEW", "The new name, as it is to be spoken.");
        Option<bool> anyway = new("--anyway") { Description = "Take the name although it sounds like somebody else's." };
        var command = new Command("rename", "Give a person another name. Past visits show it as well.") { from, to, anyway };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            (PersonOutline person, string name) =
                services.People.Rename(parsed.GetValue(from)!, parsed.GetValue(to)!, parsed.GetValue(anyway));
            services.NoteAtConsole(AuditAct.Renamed, person.Id);
            gallery.Answer(parsed, $"{person.Name} is called {name} now.", new { person.Id, name });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateMerge(Func<string?, GalleryTools>? load)
    {
        Argument<string> from = Name("NAME", "Who goes."), into = Name("INTO", "Who stays, and gets the pictures.");
        Option<bool> yes = Question.YesOption();
        var command =
            new Command("merge",
                "Join two entries that are the same person: pictures and past visits of the first go to the second. It cannot be undone, "
                + "so it asks first where somebody can answer.") { from, into, yes };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            PeopleService people = services.People;
            IReadOnlyList<PersonOutline> enrolled = people.List();
            (string goes, string stays) =
                (PersonLookup.Require(enrolled, parsed.GetValue(from)!).Name, PersonLookup.Require(enrolled, parsed.GetValue(into)!).Name);
            if (goes != stays)
                Question.BeforeWhatCannotBeUndone($"Join {goes} to {stays}? It cannot be undone.",
                    parsed.GetValue(yes) || parsed.GetValue(gallery.Json));
            MergeResult result = people.Merge(parsed.GetValue(from)!, parsed.GetValue(into)!);
            services.NoteAtConsole(AuditAct.Joined, result.Stays.Id);
            gallery.Answer(
                parsed, $"The pictures of {result.Goes.Name} belong to {result.Stays.Name} now, who has "
                    + $"{PictureCount.InWords(result.Samples)}.",
                    new { result.Stays.Id, result.Stays.Name, result.Samples, result.Redundant });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateRemove(Func<string?, GalleryTools>? load)
    {
        Argument<string> name = Name("NAME", "Who is to be forgotten.");
        var picture = new Option<string?>("--picture")
        {
            Description = "Remove only this picture; the end of its id, as selftest names it.", HelpName = "ID",
        };
        var visits = new Option<bool>("--visits")
        {
            Description = "Delete the person's visits with their pictures as well, whatever name was said.",
        };
        Option<bool> yes = Question.YesOption();
        var command =
            new Command("remove",
                "Forget a person: pictures, templates and name. It cannot be undone, so it asks first where somebody can answer.") { name,
                picture, visits, yes };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            PeopleService people = services.People;
            PersonOutline asked = PersonLookup.Require(people.List(), parsed.GetValue(name)!);
            bool isSure = parsed.GetValue(yes) || parsed.GetValue(gallery.Json);
            if (parsed.GetValue(picture) is { } which)
            {
                PersonLookup.OnePicture(asked, which);
                Question.BeforeWhatCannotBeUndone($"Remove this picture of {asked.Name}? It cannot be undone.", isSure);
                (PersonOutline owner, SampleId removed) = people.RemovePicture(parsed.GetValue(name)!, which);
                services.NoteAtConsole(AuditAct.PictureRemoved, owner.Id);
                gallery.Answer(parsed,
                    $"One picture of {owner.Name} is removed; {Left(owner.Positives.Count(sample => sample.Id != removed))}",
                    new { owner.Name, removed_sample = removed });
                return (int)ExitCode.Done;
            }
            bool withVisits = parsed.GetValue(visits);
            Question.BeforeWhatCannotBeUndone(
                $"Forget {asked.Name}, with {PictureCount.InWords(asked.Positives.Count())}{(withVisits ? " and every visit" : "")}? It "
                + $"cannot be undone.", isSure);
            ForgetResult result = people.Forget(parsed.GetValue(name)!, withVisits);
            services.NoteAtConsole(AuditAct.PersonDeleted, result.Person.Id);
            gallery.Answer(parsed, Describe(result, withVisits), new
            {
                result.Person.Name, samples = result.Person.Positives.Count(), excluded = result.Person.Negatives.Count(),
                    visits_deleted = result.Visits, negatives_removed = result.Negatives,
            });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateUndo(Func<string?, GalleryTools>? load)
    {
        Argument<string> name = Name("NAME", "Whose last enrolment.");
        var command =
            new Command("undo-enrolment",
                "Take the last enrolment of a person back, or the last `people not`: the pictures that it brought go.") { name };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            (PersonOutline person, int removed, int left) = services.People.UndoEnrolment(parsed.GetValue(name)!);
            services.NoteAtConsole(AuditAct.PictureRemoved, person.Id);
            string rest = left > 0 ? Left(left) : $"No picture is left, so {person.Name} is no longer enrolled.";
            gallery.Answer(parsed, $"The last enrolment of {person.Name} is taken back: {PictureCount.InWords(removed)} removed. {rest}",
                new { person.Name, removed, left });
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateNot(Func<string?, GalleryTools>? load)
    {
        Argument<string> name = Name("NAME", "Whose name was said wrongly.");
        var visit = new Option<string>("--visit")
        {
            Description = "The visit: its id, the end of it, or \"last\".", HelpName = "ID", Required = true,
        };
        var command =
            new Command("not",
                "Say that a visitor who was taken for a person was someone else, so that it does not happen again. `people undo-enrolment "
                + "NAME` takes it back.") { name, visit };
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            PersonOutline person = PersonLookup.Require(services.People.List(), parsed.GetValue(name)!);
            services.Visits.PictureOf(parsed.GetValue(visit)!);
            using GalleryTools tools = services.LoadTools();
            EnrolmentResult result = services.Enrolment.Exclude(person.Name, parsed.GetValue(visit)!, tools);
            if (result.Added.Count > 0) services.NoteAtConsole(AuditAct.Denied, person.Id);
            string words = result.Added.Count > 0
                ? $"That visitor will not be taken for {person.Name} again."
                : $"The picture of that visit is of no use here: "
                    + $"{result.Refused.Select(refused => refused.Reason).FirstOrDefault("others say the same")}.";
            gallery.Answer(parsed, words, new { person.Name, added = result.Added.Count, result.Refused });
            return (int)(result.Added.Count > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static string Left(int pictures) => $"{pictures} {(pictures == 1 ? "is" : "are")} left.";

    private static string Describe(ForgetResult result, bool withVisits)
    {
        int excluded = result.Person.Negatives.Count();
        string words = $"{result.Person.Name} is removed, with {PictureCount.InWords(result.Person.Positives.Count())}"
            + (excluded == 0 ? "." : $" and {excluded} of others that were known not to be {result.Person.Name}.");
        if (result.Negatives > 0)
            words += $" {PictureCount.InWords(result.Negatives)} of {result.Person.Name}, kept as known not to be somebody else, went as "
                + $"well.";
        return withVisits
            ? $"{words} {(result.Visits == 1 ? "1 visit is" : $"{result.Visits} visits are")} deleted."
            : $"{words} Visits keep their pictures; --visits, or ./doorbell visits delete, removes those.";
    }

    private static string Describe(PersonOutline person)
    {
        int negatives = person.Negatives.Count();
        string text = $"{person.Name}: {PictureCount.InWords(person.Positives.Count())}";
        if (person.Samples.Count > 0) text += $", the last from {person.Samples[^1].AddedAt.ToLocalTime():yyyy-MM-dd}";
        return negatives == 0 ? text + "." : $"{text}; {negatives} known not to be {person.Name}.";
    }

    private static Argument<string> Name(string name, string description) => new(name) { Description = description };
}
