using DoorbellFace.Application.Page;
using DoorbellFace.Application.Training;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;
using Microsoft.AspNetCore.Mvc;

namespace DoorbellFace.Web.Pages;

/// <summary>The model in use, and the making of one of the family's own.</summary>
public sealed class ModelsModel(PageParts parts, PageWords words) : DoorPageModel(parts, words)
{
    private const string Here = "~/model";

    private IReadOnlyDictionary<PersonId, string> _names = new Dictionary<PersonId, string>();
    private IReadOnlyList<PersonOutline> _people = [];

    /// <summary>The last build; null when there was none.</summary>
    public ModelBuild? Last { get; private set; }

    /// <summary>The model in use, in words.</summary>
    public string InUse { get; private set; } = "";

    /// <summary>The one before it; null when there is none.</summary>
    public string? Before { get; private set; }

    /// <summary>The model in use is the family's own.</summary>
    public bool IsOwn => Parts.Builds.Current is not null;

    /// <summary>What makes models is installed.</summary>
    public bool HasTrainer => Parts.Builds.HasTrainer;

    /// <summary>What whoever runs the door types to install it.</summary>
    public string TrainerCommand => Parts.TrainerCommand;

    /// <summary>Of whom a build would learn, a line for each person.</summary>
    public IReadOnlyList<string> Sources { get; private set; } = [];

    /// <summary>There are enough people with enough pictures.</summary>
    public bool CanBuild { get; private set; }

    /// <summary>How the last build ended; null while it goes on, and when there are candidates.</summary>
    public string? Ended => Last?.State switch
    {
        BuildState.Cancelled => Words[Phrase.BuildCancelled],
        BuildState.Failed => Words[Phrase.BuildFailed],
        BuildState.CutOff => Words.Say(Phrase.BuildCutOff, ("when", Words.When(Last.BegunAt))),
        BuildState.Done => Words.Say(Phrase.BuildDone, ("when", Words.When(Last.EndedAt ?? Last.BegunAt))),
        _ => null,
    };

    /// <summary>What the trainer does now.</summary>
    public string StepWords => BuildWords.StepOf(Last!, Words);

    /// <summary>Lines of the log up to now.</summary>
    public int LinesTold => Last?.LinesTold ?? 0;

    /// <summary>When it was begun, and how much time it has.</summary>
    public string Since => Words.Count(Phrase.BuildSince, Last!.Minutes, ("when", Words.When(Last.BegunAt)));

    /// <summary>What a model is made of.</summary>
    public string NameOf(CandidateKind kind) => Words[kind switch
    {
        CandidateKind.Plain => Phrase.ModelShipped,
        CandidateKind.FineTuned => Phrase.ModelFineTuned,
        _ => Phrase.ModelSmall,
    }];

    /// <summary>How sure its share is.</summary>
    public string RangeOf(Candidate candidate) =>
        Words.Say(Phrase.CandidateRange, ("low", Words.Percent(candidate.Low)), ("high", Words.Percent(candidate.High)));

    /// <summary>The time a face takes.</summary>
    public string TimeOf(Candidate candidate) =>
        Words.Say(Phrase.Milliseconds, ("number", Words.Figure(candidate.Milliseconds, digits: 1)));

    /// <summary>The candidate is what tells faces apart now.</summary>
    public bool IsInUse(Candidate candidate) => candidate.Kind == CandidateKind.Plain
        ? !IsOwn
        : Parts.Builds.Current?.Card is { } card && card.Kind == candidate.Kind && card.MadeAt == (Last!.EndedAt ?? Last.BegunAt);

    /// <summary>
    /// Who was taken for whom, the most frequent first: the places of the pictures among the candidate's, and a picture of the one whom
    /// they were taken for; null where nobody is called that now.
    /// </summary>
    public IEnumerable<(string Said, IReadOnlyList<int> Places, string Other, string? Picture)> MixUpsOf(Candidate candidate) =>
        candidate.MixUps.Select((one, place) => (one, place)).GroupBy(mixUp => (mixUp.one.Person, mixUp.one.TakenFor)).Select(pair =>
        {
            (string name, string other) = pair.Key;
            int[] places = [.. pair.Select(mixUp => mixUp.place)];
            PersonOutline? person = _people.FirstOrDefault(one => one.Name == other);
            return (Words.Count(Phrase.MixUp, places.Length, ("name", name), ("other", other)), (IReadOnlyList<int>)places, other,
                person?.Positives.FirstOrDefault() is { } sample ? $"~/people/{person.Id}/pictures/{sample.Id}" : null);
        });

    /// <summary>How its training went; empty where nothing is known of it.</summary>
    public IReadOnlyList<CurveDrawing> CurvesOf(Candidate candidate) => candidate.Rounds.Count == 0 ? [] :
    [
        CurveDrawing.OfLoss(candidate.Rounds, candidate.BestRound, Words),
        CurveDrawing.OfRight(candidate.Rounds, candidate.BestRound, Words),
    ];

    /// <summary>Shows them.</summary>
    public void OnGet()
    {
        _names = Parts.People.Names();
        _people = Parts.People.List();
        Last = Parts.Builds.Last;
        InUse = Parts.Builds.Current is { } current ? OwnModel(current.Card) : Words[Phrase.ModelShipped] + ".";
        Before = Parts.Builds.Previous is { } previous ? OwnModel(previous.Card) : null;
        var sources = Parts.Builds.Sources;
        CanBuild = sources.Count(source => source.IsEnough) >= ModelBuilds.FewestPeople;
        Sources =
        [
            .. sources.Select(source => source.IsEnough
                ? Words.Count(Phrase.BuildSource, source.Pictures, ("name", source.Person.Name))
                : Words.Count(Phrase.BuildSourceTooFew, source.Pictures, ("name", source.Person.Name),
                    ("least", $"{ModelBuilds.FewestPictures}"))),
        ];
    }

    /// <summary>Begins a build.</summary>
    public Task<IActionResult> OnPostBuildAsync(int minutes) => DoAsync(Here, async () =>
    {
        await Task.Run(() => Parts.Builds.Start(minutes));
        Note(AuditAct.ModelBegun);
        return Words[Phrase.BuildBegun];
    });

    /// <summary>Ends the one that goes on.</summary>
    public Task<IActionResult> OnPostCancelAsync() => DoAsync(Here, async () =>
    {
        await Parts.Builds.CancelAsync();
        return Words[Phrase.BuildCancelled];
    });

    /// <summary>Puts a candidate in place.</summary>
    public Task<IActionResult> OnPostInstallAsync(int place) => DoAsync(Here, async () =>
    {
        await Task.Run(() => Parts.Builds.Install(place));
        Note(AuditAct.ModelChanged);
        return Words[Phrase.Installed];
    });

    /// <summary>Goes back to the one before.</summary>
    public Task<IActionResult> OnPostRollBackAsync() => DoAsync(Here, async () =>
    {
        await Task.Run(Parts.Builds.RollBack);
        Note(AuditAct.ModelChanged);
        return Words[Phrase.Installed];
    });

    /// <summary>Goes back to the one that comes with the program.</summary>
    public Task<IActionResult> OnPostShippedAsync() => DoAsync(Here, () =>
    {
        Parts.Builds.UseShipped();
        Note(AuditAct.ModelChanged);
        return Words[Phrase.Installed];
    });

    private string OwnModel(ModelCard? card)
    {
        if (card is null) return Words[Phrase.ModelUnknown];
        IEnumerable<string> from = card.From.Select(learnt =>
            Words.Count(Phrase.BuildSource, learnt.Pictures, ("name", NameOf(learnt.Person))).TrimEnd('.'));
        return $"{NameOf(card.Kind)}. {Words.Say(Phrase.ModelMade, ("when", Words.When(card.MadeAt)), ("who", string.Join("; ", from)))}";
    }

    private string NameOf(PersonId id) => _names.GetValueOrDefault(id) ?? Words[Phrase.SomebodyForgotten];
}
