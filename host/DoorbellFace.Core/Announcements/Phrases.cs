using DoorbellFace.Core.Visits;

namespace DoorbellFace.Core.Announcements;

/// <summary>The sentences of one language; "{name}" stands for the person's name.</summary>
/// <param name="Language">Language tag, such as "en".</param>
/// <param name="Answers">The first answer to who is there, for each outcome.</param>
/// <param name="Corrections">A better answer after a first one.</param>
/// <param name="Unseen">The answer without a face when somebody indoors asked and nobody rang; an outcome that is not in it gets the first answer.</param>
public sealed record Phrases(
    string Language, IReadOnlyDictionary<VisitOutcome, string> Answers, IReadOnlyDictionary<VisitOutcome, string> Corrections, IReadOnlyDictionary<VisitOutcome, string> Unseen)
{
    /// <summary>English.</summary>
    public static Phrases English { get; } = new(
        "en",
        new Dictionary<VisitOutcome, string>
        {
            [VisitOutcome.Known] = "{name} is at the door.",
            [VisitOutcome.Uncertain] = "It may be {name} at the door. I am not sure.",
            [VisitOutcome.Unknown] = "Someone I don't know is at the door.",
            [VisitOutcome.NotLookedAt] = "Someone is at the door.",
            [VisitOutcome.NoFace] = "Someone is at the door, but I cannot see a face.",
            [VisitOutcome.Dark] = "Someone is at the door, but it is dark there.",
            [VisitOutcome.Covered] = "Someone is at the door, but the lens seems covered.",
            [VisitOutcome.DamagedPicture] = "Someone is at the door, but the camera's picture arrives damaged.",
            [VisitOutcome.NoPicture] = "Someone is at the door, but the camera sends no picture.",
        },
        new Dictionary<VisitOutcome, string>
        {
            [VisitOutcome.Known] = "Now I see: it is {name}.",
            [VisitOutcome.Uncertain] = "Now I see a face: it may be {name}. I am not sure.",
            [VisitOutcome.Unknown] = "Now I see a face: it is someone I don't know.",
        },
        new Dictionary<VisitOutcome, string>
        {
            [VisitOutcome.NotLookedAt] = "I cannot look at the camera's picture now.",
            [VisitOutcome.NoFace] = "I see nobody's face at the door.",
            [VisitOutcome.Dark] = "It is dark at the door. I cannot see anybody.",
            [VisitOutcome.Covered] = "The lens seems covered. I cannot see anybody.",
            [VisitOutcome.DamagedPicture] = "The camera's picture arrives damaged. I cannot see who is at the door.",
            [VisitOutcome.NoPicture] = "The camera sends no picture. I cannot see who is at the door.",
        });
}
