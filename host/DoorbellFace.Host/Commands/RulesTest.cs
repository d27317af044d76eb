using System.CommandLine;
using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell rules test: what would be heard, and why, by the very policy that a running door asks.</summary>
internal static class RulesTest
{
    /// <summary>The command.</summary>
    /// <param name="time">What time it is; null: the computer's clock.</param>
    public static Command Create(TimeProvider? time = null)
    {
        var person = new Option<string[]>("--person")
        {
            Description = "Who stands there, of the people enrolled; may be given several times.", HelpName = "NAME",
        };
        var uncertain = new Option<string[]>("--uncertain")
        {
            Description = "Who may stand there without the doorbell being sure.", HelpName = "NAME",
        };
        var stranger = new Option<bool>("--stranger") { Description = "A stranger stands there." };
        var seen = new Option<bool>("--seen") { Description = "They are only seen; nobody rings." };
        var at = new Option<string?>("--at") { Description = "When, such as \"Sun 22:30\" or 22:30; without it, now.", HelpName = "TIME" };
        var language = CommonOptions.Language();
        var command =
            new Command("test", "Say what would be heard of somebody, and why.") { person, uncertain, stranger, seen, at, language };
        GalleryOptions gallery = new GalleryOptions(load: null).AddTo(command, needsModel: false);
        command.SetAction(parsed =>
        {
            HouseServices services = gallery.Services(parsed);
            IReadOnlyList<PersonOutline> people = services.People.List();
            Visitor[] visitors =
            [
                .. (parsed.GetValue(person) ?? []).Select(name => VisitorOf(VisitOutcome.Known, PersonLookup.Require(people, name))),
                .. (parsed.GetValue(uncertain) ?? []).Select(name => VisitorOf(VisitOutcome.Uncertain, PersonLookup.Require(people, name))),
                .. parsed.GetValue(stranger) ? [new Visitor(VisitOutcome.Unknown, null, null, null, 1, "")] : Array.Empty<Visitor>(),
            ];
            DateTime local = TimeOf(parsed.GetValue(at), (time ?? TimeProvider.System).GetLocalNow().DateTime);
            bool rang = !parsed.GetValue(seen);
            HouseRules rules = services.Rules.Read();
            RuleDecision decision = RulePolicy.Decide(rules, visitors, new RuleMoment(local, rang));
            Language words = RunSettings.LanguageFor(parsed.GetValue(language));
            string? sentence = new RuledSentences(words).Answer(Identified(visitors, rang), decision, rules, aloud: false);
            string when = $"{local.DayOfWeek}, {WeeklySpan.Time((local.Hour * 60) + local.Minute)}";
            string text = string.Join(Environment.NewLine, RulesWords.Describe(decision, rang, sentence).Prepend($"{when}."));
            gallery.Answer(parsed, text, new
            {
                at = when,
                chime_percent = rang ? decision.ChimePercent : 0,
                sentence,
                visitors =
                    decision.Visitors.Select(visitor =>
                        new { visitor.Visitor.Name, visitor.Visitor.Outcome, said = visitor.IsSaid, visitor.Reason }),
            });
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>The next time that a text such as "Sun 22:30" or "22:30" names.</summary>
    /// <exception cref="DoorbellException">It names none.</exception>
    internal static DateTime TimeOf(string? text, DateTime now)
    {
        if (text is null) return now;
        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        DayOfWeek? day = words.Length == 2 ? WeeklyTimes.DayOf(words[0]) : now.DayOfWeek;
        if (words.Length is 1 or 2 && day is { } found && WeeklyTimes.MinuteOf(words[^1]) is { } minute and < 24 * 60)
            return now.Date.AddDays(((int)found - (int)now.DayOfWeek + 7) % 7).AddMinutes(minute);
        throw new DoorbellException(ErrorKind.InvalidValue,
            $"\"{text}\" is no time: expected a day and a time, such as \"Sun 22:30\", or a time, such as 22:30.");
    }

    private static Visitor VisitorOf(VisitOutcome outcome, PersonOutline person) => new(outcome, person.Id, person.Name, null, 1, "");

    private static VisitorIdentified Identified(Visitor[] visitors, bool rang)
    {
        var visit = new VisitRecord
        {
            Id = new VisitId(Guid.CreateVersion7()),
            StartedAt = DateTimeOffset.UnixEpoch,
            StartedBy = rang ? VisitStart.Ring : VisitStart.Face,
            Rings = rang ? 1 : 0,
            Outcome = VisitOutcome.NoFace,
        };
        return new VisitorIdentified(visit.StartedAt, visitors.Length > 0 ? visit.Of(visitors) : visit, IsCorrection: false);
    }
}
