using System.Text.Json.Serialization;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Application.Training;

/// <summary>How a build stands.</summary>
public enum BuildState
{
    /// <summary>The trainer is at work.</summary>
    Running,

    /// <summary>There are candidates.</summary>
    Done,

    /// <summary>Somebody stopped it.</summary>
    Cancelled,

    /// <summary>The trainer ended with a complaint, the last line of the log.</summary>
    Failed,

    /// <summary>The program ended under it.</summary>
    CutOff,
}

/// <summary>What a candidate is made of.</summary>
public enum CandidateKind
{
    /// <summary>The backbone as it comes with the program.</summary>
    Plain,

    /// <summary>That one, trained further on the family.</summary>
    FineTuned,

    /// <summary>A small network that has seen nobody but the family.</summary>
    Small,
}

/// <summary>Of whom a model has learnt.</summary>
/// <param name="Person">Who; their name is not kept here.</param>
/// <param name="Pictures">From how many pictures.</param>
public sealed record LearntFrom(PersonId Person, int Pictures);

/// <summary>A picture whose person did not come first.</summary>
/// <param name="Person">Whose it is, as they were called then.</param>
/// <param name="TakenFor">Who came first.</param>
/// <param name="Picture">The face, a file of the build.</param>
public sealed record MixUp(string Person, string TakenFor, string Picture);

/// <summary>How far a training had come after it had gone through all pictures once more.</summary>
/// <param name="TrainLoss">How wrong it was, on the whole, about the pictures that it learns from; 0 is faultless.</param>
/// <param name="ValidationLoss">The same of the pictures kept for choosing.</param>
/// <param name="ValidationAccuracy">Share of those whose person came first, 0 to 1.</param>
public sealed record TrainingRound(double TrainLoss, double ValidationLoss, double ValidationAccuracy);

/// <summary>A model that a build has made and measured.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="Folder">The model.</param>
/// <param name="Right">Share of the pictures kept for choosing whose person came first, 0 to 1.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Milliseconds">Time for a face on this computer.</param>
/// <param name="KnowsStrangers">It has been measured how like the family strangers come, so that its thresholds can be trusted.</param>
/// <param name="MixUps">Pictures whose person did not come first, the most frequent mix-up first.</param>
public sealed record Candidate(CandidateKind Kind, string Folder, double Right, double Low, double High, double Milliseconds,
    bool KnowsStrangers, IReadOnlyList<MixUp> MixUps)
{
    private readonly IReadOnlyList<TrainingRound> _rounds = [];

    /// <summary>The rounds of its training, the first one first; none where nothing was trained, or nothing is known of it.</summary>
    public IReadOnlyList<TrainingRound> Rounds
    {
        get => _rounds;
        init => _rounds = value ?? [];
    }

    /// <summary>The round after which it was kept, from 1; 0 where there were none.</summary>
    public int BestRound { get; init; }
}

/// <summary>What came of a build.</summary>
/// <param name="Candidates">The plain backbone first.</param>
/// <param name="Chosen">The place of the one that the trainer would take.</param>
/// <param name="Explanation">Why, in the trainer's words.</param>
/// <param name="Test">Share of the pictures kept for measuring alone that the chosen one has right, 0 to 1.</param>
/// <param name="TestPictures">How many they are.</param>
public sealed record BuildOutcome(IReadOnlyList<Candidate> Candidates, int Chosen, string Explanation, double Test, int TestPictures);

/// <summary>A build as it is kept. Immutable.</summary>
/// <param name="Id">Names it.</param>
/// <param name="State">How it stands.</param>
/// <param name="BegunAt">When it was begun.</param>
/// <param name="Minutes">Time that its trainings were given.</param>
/// <param name="From">Of whom it learns.</param>
public sealed record ModelBuild(Guid Id, BuildState State, DateTimeOffset BegunAt, int Minutes, IReadOnlyList<LearntFrom> From)
{
    /// <summary>When it ended; null while it runs, and where nobody knows.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The step that the trainer is at, from 1; 0 before the first.</summary>
    public int Step { get; init; }

    /// <summary>Steps in all; 0 while that is not known.</summary>
    public int Steps { get; init; }

    /// <summary>What the trainer told, the oldest first; of a long one the newest lines.</summary>
    public IReadOnlyList<string> Log { get; init; } = [];

    /// <summary>Lines that were told before those of <see cref="Log"/>.</summary>
    public int Dropped { get; init; }

    /// <summary>Lines that were told altogether.</summary>
    [JsonIgnore]
    public int LinesTold => Dropped + Log.Count;

    /// <summary>What came of it; null when nothing did.</summary>
    public BuildOutcome? Outcome { get; init; }
}

/// <summary>What is known of a family's own model, kept beside it.</summary>
/// <param name="Kind">What it is made of.</param>
/// <param name="MadeAt">When.</param>
/// <param name="From">Of whom it has learnt.</param>
/// <param name="Right">Share of the pictures kept for choosing that it had right, 0 to 1.</param>
public sealed record ModelCard(CandidateKind Kind, DateTimeOffset MadeAt, IReadOnlyList<LearntFrom> From, double Right);
