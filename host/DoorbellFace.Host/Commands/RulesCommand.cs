using System.CommandLine;
using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Speaking;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell rules: what is heard of whom and when (docs/rules.md).</summary>
internal static class RulesCommand
{
    /// <summary>The command.</summary>
    public static Command Create() =>
        new CommandGroup("rules", "What is heard of whom and when. Alone, it shows the rules.", usual: "show")
        {
            CreateShow(), CreateSet(), CreatePerson(), CreateListen(), RulesTest.Create(), CreateClear(),
        };

    /// <summary>The rules' words with the names of today.</summary>
    internal static RulesWords Words(HouseServices services)
    {
        IReadOnlyDictionary<PersonId, string> names = services.People.Names();
        return new RulesWords(id => names.GetValueOrDefault(id));
    }

    private static Command CreateShow()
    {
        var command = new Command("show", "Show the rules, one a line.");
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            Answer(parsed, gallery, services.Rules.Read(), Words(services).Describe);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateSet()
    {
        var what = new Argument<string>("WHAT") { Description = $"One of {string.Join(", ", RulesEdit.ForEverybody)}." };
        var value = new Argument<string[]>("VALUE")
        {
            Description = "Its value; usual takes the rule back.", Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("set",
            "Set a rule for everybody, such as: rules set quiet 22:00-7:00, rules set quiet-chime soft, rules set strangers chime.")
        {
            what, value,
        };
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            PersonId PersonOf(string name) => PersonLookup.Require(services.People.List(), name).Id;
            HouseRules rules =
                services.Rules.Change(before =>
                    RulesEdit.Set(before, parsed.GetValue(what)!.ToLowerInvariant(), Joined(parsed.GetValue(value)), PersonOf));
            services.NoteAtConsole(AuditAct.SettingsChanged);
            Answer(parsed, gallery, rules, Words(services).Describe);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreatePerson()
    {
        var name = new Argument<string>("NAME") { Description = "Who is enrolled." };
        var what = new Argument<string?>("WHAT")
        {
            Description =
                $"One of {string.Join(", ", RulesEdit.ForAPerson)}, or usual, which takes all back; without it, the person's rules are "
                + $"shown.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var value = new Argument<string[]>("VALUE")
        {
            Description = "Its value; usual takes the rule back.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(
            "person",
                "Set a rule for one person, such as: rules person Anna sentence The nurse is here, rules person Anna silent yes, rules "
                + "person Anna only mon-fri 8:00-18:00.") { name, what, value };
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            PersonOutline person = PersonLookup.Require(services.People.List(), parsed.GetValue(name)!);
            HouseRules rules = parsed.GetValue(what) is { } asked
                ? services.Rules.Change(before =>
                    before.With(person.Id, RulesEdit.Set(before.Of(person.Id), asked.ToLowerInvariant(), Joined(parsed.GetValue(value)))))
                : services.Rules.Read();
            if (parsed.GetValue(what) is not null) services.NoteAtConsole(AuditAct.PersonChanged, person.Id);
            Answer(parsed, gallery, rules, found => RulesWords.Describe(person.Name, found.Of(person.Id)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateListen()
    {
        var name = new Argument<string>("NAME") { Description = "Who is enrolled." };
        var spelling = new Argument<string[]>("SPELLING")
        {
            Description = "Another spelling to try; nothing is set.", Arity = ArgumentArity.ZeroOrMore,
        };
        var voice = new VoiceOptions();
        var command = new Command("listen", "Hear a name as the door pronounces it, or as a spelling would sound.") { name, spelling };
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        voice.AddTo(command);
        command.SetAction(async (parsed, stop) =>
        {
            HouseServices services = gallery.Services(parsed);
            PersonOutline person = PersonLookup.Require(services.People.List(), parsed.GetValue(name)!);
            string tried = Joined(parsed.GetValue(spelling));
            string text = tried.Length > 0 ? tried : services.Rules.Read().Of(person.Id).SayAs ?? person.Name;
            SpeechOptions options = voice.Read(parsed);
            await using SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, new RemarkLogger());
            SpeechOutcome? outcome = null;
            speaker.Finished += (_, result, _) => outcome = result;
            speaker.Speak(new Announcement(text, AnnouncementPriority.Normal, "listen"));
            await speaker.DrainAsync(stop);
            bool isSpoken = outcome == SpeechOutcome.Spoken;
            gallery.Answer(parsed, isSpoken ? $"{person.Name} was said as: {text}" : $"Not spoken, only written: {text}",
                new { person.Name, said_as = text, spoken = isSpoken });
            return (int)(isSpoken ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static Command CreateClear()
    {
        Option<bool> yes = Question.YesOption();
        var command =
            new Command("clear",
                "Take every rule back, also a file of rules that cannot be read. It asks first where somebody can answer.") { yes };
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            Question.BeforeWhatCannotBeUndone("Take every rule back? It cannot be undone.",
                parsed.GetValue(yes) || parsed.GetValue(gallery.Json));
            HouseServices services = gallery.Services(parsed);
            RulesService rules = services.Rules;
            rules.Clear();
            services.NoteAtConsole(AuditAct.SettingsChanged);
            Answer(parsed, gallery, rules.Read(), _ => ["Every rule is taken back: everything is said."]);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static void Answer(ParseResult parsed, GalleryOptions gallery, HouseRules rules, Func<HouseRules, IEnumerable<string>> words)
    {
        if (parsed.GetValue(gallery.Json)) Screen.WriteJson(JsonNode.Parse(RulesJson.Write(rules))!);
        else foreach (string line in words(rules)) Console.Out.WriteLine(line);
    }

    private static string Joined(string[]? words) => string.Join(' ', words ?? []);
}
