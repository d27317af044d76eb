using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Training;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Languages;
using DoorbellFace.Web.Api;

namespace DoorbellFace.Web;

/// <summary>What the page shows and calls; whoever made the parts disposes them.</summary>
/// <param name="Door">The running door.</param>
/// <param name="Feed">What happens at it.</param>
/// <param name="Visits">Who was there.</param>
/// <param name="People">Who is enrolled.</param>
/// <param name="Enrolment">Lets the doorbell know people.</param>
/// <param name="Rules">What is heard of whom.</param>
/// <param name="LoadTools">Loads the networks for enrolment.</param>
/// <param name="Pictures">Reads and writes pictures.</param>
/// <param name="Access">Who may open the page.</param>
/// <param name="Keys">Keeps the page's keys.</param>
public sealed record PageParts(
    IDoorView Door, PageFeed Feed, VisitService Visits, PeopleService People, EnrolmentService Enrolment, RulesService Rules,
        Func<GalleryTools> LoadTools,
    IPictureFiles Pictures, PageAccess Access, IPageKeyStorage Keys)
{
    /// <summary>Changes whenever another model is put in place.</summary>
    public required Func<string> ModelStamp { get; init; }

    /// <summary>Who waits for a name.</summary>
    public required ReviewQueue Review { get; init; }

    /// <summary>What the doorbell speaks, and the language of whoever has chosen none.</summary>
    public Language Language { get; init; } = Language.English;

    /// <summary>The clock on the wall.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What whoever runs the door types to take the password back.</summary>
    public required string ResetCommand { get; init; }

    /// <summary>How fast the voice is set to speak, in words a minute.</summary>
    public int WordsPerMinute { get; init; } = 160;

    /// <summary>The tokens of other programs.</summary>
    public required ApiTokens Tokens { get; init; }

    /// <summary>Loads what says who is on a picture.</summary>
    public required Func<IdentificationService> LoadIdentification { get; init; }

    /// <summary>The door's figures.</summary>
    public required FiguresText Figures { get; init; }

    /// <summary>Makes models of the family's own.</summary>
    public required ModelBuilds Builds { get; init; }

    /// <summary>What is noted of people.</summary>
    public required PersonRecords Records { get; init; }

    /// <summary>Who did what by the page.</summary>
    public required AuditLog Audit { get; init; }

    /// <summary>What whoever runs the door types to install what makes models.</summary>
    public required string TrainerCommand { get; init; }

    /// <summary>Learns who a visitor was.</summary>
    public VisitCorrection Correction { get; } = new(People, Visits, Enrolment);

    /// <summary>Takes along all that is kept of a person.</summary>
    public PersonExport Export => new(People, Visits, Rules, Records, Pictures);

    /// <summary>Looks at what is kept of people.</summary>
    public PeopleChecks Checks { get; } = new(People);
}
