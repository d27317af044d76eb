using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>Visitors whom the doorbell could not name, by likeness, to be named; and what was said of them, to be taken back.</summary>
public sealed class ReviewModel(PageParts parts, PageWords words, ToolRoom tools) : DoorPageModel(parts, words)
{
    /// <summary>Pictures of one visitor, and visitors, on one page.</summary>
    public const int MostPictures = 24, MostGroups = 12;

    private const string Here = "~/review";

    private const int UsualSaid = 10, MostSaid = 500;

    /// <summary>The group over which a doubt was raised.</summary>
    [BindProperty(SupportsGet = true, Name = "at")]
    public string? At { get; set; }

    /// <summary>All that was said is wanted, and not the latest alone.</summary>
    [BindProperty(SupportsGet = true, Name = "all")]
    public bool IsAll { get; set; }

    /// <summary>Who waits.</summary>
    public ReviewList Waiting { get; private set; } = null!;

    /// <summary>What was said, the latest first.</summary>
    public IReadOnlyList<ReviewAct> Said { get; private set; } = [];

    /// <summary>More was said than is shown.</summary>
    public bool IsMoreSaid { get; private set; }

    /// <summary>Who is enrolled, by name.</summary>
    public IReadOnlyList<string> Names { get; private set; } = [];

    /// <summary>Shows them; pictures that were not looked at yet are, some at a time.</summary>
    public async Task OnGetAsync()
    {
        CancellationToken stop = HttpContext.RequestAborted;
        Waiting = Parts.Review.TryRead() ?? await tools.WorkAsync(networks => Parts.Review.Read(networks, stop), stop);
        Names = [.. Parts.People.List().Select(person => person.Name)];
        int most = IsAll ? MostSaid : UsualSaid;
        IReadOnlyList<ReviewAct> said = Parts.Review.Said(most + 1);
        (Said, IsMoreSaid) = ([.. said.Take(most)], said.Count > most && !IsAll);
    }

    /// <summary>Learns who the visitor of some pictures is.</summary>
    public Task<IActionResult> OnPostNameAsync(string? name, string[]? visit, string? group, bool anyway) =>
        DoAsync($"{Here}?at={Uri.EscapeDataString(group ?? "")}", async () =>
    {
        ReviewAnswer answer = await tools.WorkAsync(
            networks => Parts.Review.Name(Chosen(visit), name ?? "", networks, anyway), HttpContext.RequestAborted);
        bool isNothingLearnt = answer.Enrolment.Result is { Added.Count: 0, Redundant: 0 };
        return answer.IsRemembered && isNothingLearnt
            ? Words.Say(Phrase.RememberedName, ("name", answer.Enrolment.Person.Name))
            : Learnt(answer.Enrolment);
    });

    /// <summary>Remembers that there is no face on some pictures.</summary>
    public Task<IActionResult> OnPostNotAFaceAsync(string[]? visit) => DoAsync(Here, () =>
    {
        Parts.Review.NotAFace(Chosen(visit));
        return Words[Phrase.RememberedNotAFace];
    });

    /// <summary>Never asks about somebody again.</summary>
    public Task<IActionResult> OnPostIgnoreAsync(string[]? visit) => DoAsync(Here, async () =>
    {
        await tools.WorkAsync(
            networks =>
            {
                Parts.Review.Ignore(Chosen(visit), networks);
                return true;
            },
            HttpContext.RequestAborted);
        return Words[Phrase.RememberedIgnored];
    });

    /// <summary>Asks about somebody another time.</summary>
    public Task<IActionResult> OnPostLaterAsync(string[]? visit) => DoAsync(Here, () =>
    {
        Parts.Review.PutOff(Chosen(visit));
        return Words[Phrase.RememberedLater];
    });

    /// <summary>Takes back what was said.</summary>
    public Task<IActionResult> OnPostTakeBackAsync(Guid act) => DoAsync(Here, () =>
    {
        Parts.Review.TakeBack(act);
        Note(AuditAct.PictureRemoved);
        return Words[Phrase.TakenBack];
    });

    private static VisitId[] Chosen(string[]? visits)
    {
        var chosen = new List<VisitId>();
        foreach (string text in (visits ?? []).Take(MostPictures))
        {
            if (!Guid.TryParseExact(text, "D", out Guid id))
                throw new DoorbellException(ErrorKind.InvalidValue, $"\"{text}\" names no visit.");
            chosen.Add(new VisitId(id));
        }
        return [.. chosen];
    }
}
