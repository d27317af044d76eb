using System.Globalization;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>A door's facts in the words of the page.</summary>
/// <param name="State">The one sentence that matters most.</param>
/// <param name="Link">Whether the doorbell is there, and where.</param>
/// <param name="Camera">What the camera sends.</param>
/// <param name="Cable">What the cable loses.</param>
/// <param name="Frame">When the picture was taken.</param>
/// <param name="People">Whom the doorbell knows, or why fewer.</param>
/// <param name="Voice">Where the sound goes, and what was said last.</param>
public sealed record FactWords(string State, string Link, string Camera, string Cable, string Frame, string People, string Voice)
{
    /// <summary>Puts them into words.</summary>
    public static FactWords Of(DoorFacts facts, PageWords words) => new(
        State: StateOf(facts, words),
        Link: facts.IsUp ? words.Say(Phrase.LinkIsUp, ("link", facts.Link ?? "")) : facts.LinkTrouble ?? words[Phrase.LinkIsDown],
        Camera: facts.Hello is { } hello
            ? words.Say(Phrase.CameraSends, ("width", Digits(hello.Width)), ("height", Digits(hello.Height)),
            ("version", hello.FirmwareVersion)) : words[Phrase.NotKnown],
        Cable: CableOf(facts, words),
        Frame: facts.FrameAt is { } at ? words.Say(Phrase.PictureOf, ("when", words.When(at))) : words[Phrase.NoPictureNow],
        People: facts.Trouble ?? (facts.Names.Count == 0 ? words[Phrase.KnowsNobody] : words.Language.List(facts.Names)),
        Voice: words.Say(Phrase.SoundGoesTo, ("where", facts.Sound)));

    private static string StateOf(DoorFacts facts, PageWords words)
    {
        if (!facts.IsUp) return words[Phrase.LinkIsDown];
        return facts.Visit switch
        {
            null => words[Phrase.NobodyThere],
            { Outcome: VisitOutcome.Open } => words[Phrase.LookingWhoItIs],
            { } visit => new VisitSentences(words.Language).Answer(visit, isCorrection: false),
        };
    }

    private static string CableOf(DoorFacts facts, PageWords words)
    {
        if (!facts.IsUp) return words[Phrase.NotKnown];
        long refused = facts.Statistics.FramesRefused, concealed = facts.Statistics.FramesConcealed;
        return refused + concealed == 0 ? words[Phrase.CableGood]
            : words.Count(Phrase.CableLoses, (int)Math.Min(refused, int.MaxValue), ("mended", Digits(concealed)));
    }

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
