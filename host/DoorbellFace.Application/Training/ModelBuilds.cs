using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.Training;

/// <summary>
/// Makes models of the family's own, one at a time, out of the pictures that the doorbell keeps of people, and puts the one that somebody
/// chooses in place. What came of it is kept until the next build, or until somebody is forgotten; a program that ends under a build says
/// so at its next start. Thread-safe. Disposing of it ends a build.
/// </summary>
/// <param name="trainer">Does the work.</param>
/// <param name="folder">Where it is done.</param>
/// <param name="models">The models in use.</param>
/// <param name="people">Whose pictures are learnt from.</param>
/// <param name="pictures">Writes them down.</param>
/// <param name="time">The clock on the wall.</param>
public sealed partial class ModelBuilds(
    ITrainer trainer, IBuildFolder folder, IModelStore models, PeopleService people, IPictureFiles pictures, TimeProvider time)
    : IDisposable
{
    /// <summary>With fewer pictures of somebody there is none to choose with or none to measure with.</summary>
    public const int FewestPictures = 3;

    /// <summary>With fewer people nobody can be mistaken.</summary>
    public const int FewestPeople = 2;

    /// <summary>Minutes that the trainings of a build may be given.</summary>
    public const int FewestMinutes = 1, MostMinutes = 720;

    /// <summary>Lines of the log that are kept.</summary>
    public const int MostLines = 300;

    private const int LongestLine = 500;

    /// <summary>Says of whom a model has learnt, in its folder.</summary>
    private const string CardFile = "card.json";

    /// <summary>So often it is looked whether somebody was forgotten meanwhile, by whatever program.</summary>
    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private readonly Lock _gate = new();
    private ITraining? _training;
    private Task _end = Task.CompletedTask;
    private ITimer? _look;
    private bool _isCancelled, _isClosing;

    /// <summary>The trainer is installed.</summary>
    public bool HasTrainer => trainer.IsHere;

    /// <summary>Whoever is enrolled, and whether a build can learn from them.</summary>
    public IReadOnlyList<(PersonOutline Person, int Pictures, bool IsEnough)> Sources =>
        [.. people.List().Select(person => (person, person.Positives.Count()))
            .Select(one => (one.person, one.Item2, one.Item2 >= FewestPictures))];

    /// <summary>The last build, or the one that goes on; null when there was none, or when it was cleared away.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    public ModelBuild? Last
    {
        get
        {
            lock (_gate)
            {
                // Where nobody works on it, it runs no longer, whatever was written down last.
                ModelBuild? last = Read();
                return last is { State: BuildState.Running } && _training is null ? last with { State = BuildState.CutOff } : last;
            }
        }
    }

    /// <summary>Done when no build is under way.</summary>
    public Task Ended
    {
        get
        {
            lock (_gate) return _end;
        }
    }

    /// <summary>The family's model in use; null while the one that comes with the program serves.</summary>
    public (string Folder, ModelCard? Card)? Current => models.Current is { } own ? (own, CardOf(own)) : null;

    /// <summary>The one before it; null when there is none.</summary>
    public (string Folder, ModelCard? Card)? Previous => models.Previous is { } own ? (own, CardOf(own)) : null;

    /// <summary>Says of a build under which the last program ended that it was cut off. Called once, before anything else.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            if (Read() is not { State: BuildState.Running } cut) return;
            folder.RemoveAllBut([]);
            Write(cut with { State = BuildState.CutOff });
        }
    }

    /// <summary>Begins a build from the pictures of everybody who has enough.</summary>
    /// <param name="minutes">Time for its trainings, <see cref="FewestMinutes"/> to <see cref="MostMinutes"/>.</param>
    /// <exception cref="DoorbellException">One is under way, the trainer is not here, there are too few people, or the pictures cannot be
    /// put down.</exception>
    public void Start(int minutes)
    {
        if (minutes is < FewestMinutes or > MostMinutes)
            throw new DoorbellException(ErrorKind.InvalidValue, $"Expected {FewestMinutes} to {MostMinutes} minutes; found {minutes}.");
        if (!trainer.IsHere)
            throw new DoorbellException(ErrorKind.MissingPart, "The part of the program that makes models is not installed here.",
                new Remedy(RemedyKey.InstallTrainer));
        lock (_gate)
        {
            if (_training is not null || !_end.IsCompleted) throw new DoorbellException(ErrorKind.InUse, "A model is being made already.");
            PersonOutline[] from = [.. Sources.Where(one => one.IsEnough).Select(one => one.Person)];
            if (from.Length < FewestPeople)
                throw new DoorbellException(ErrorKind.Refused,
                    $"A model tells people apart: {FewestPeople} people with {FewestPictures} pictures each are needed, and there "
                    + (from.Length == 1 ? "is 1." : $"are {from.Length}."), new Remedy(RemedyKey.Enrol));
            folder.Clear();
            var build = new ModelBuild(Guid.CreateVersion7(), BuildState.Running, time.GetUtcNow(), minutes,
                [.. from.Select(person => new LearntFrom(person.Id, PutDown(person)))]);
            Write(build);
            _isCancelled = false;
            try
            {
                _training = trainer.Start(folder.Photos, folder.Work, minutes, line => Told(build.Id, line));
            }
            catch
            {
                folder.Clear();
                throw;
            }
            _look = time.CreateTimer(_ => StopIfCleared(build.Id), null, LooksEvery, LooksEvery);
            _end = EndAsync(_training, build.Id);
        }
    }

    /// <summary>Ends the build that is under way, and waits until its processes are gone; does nothing without one.</summary>
    public Task CancelAsync()
    {
        lock (_gate)
        {
            _isCancelled = _training is not null;
            _training?.Stop();
            return _end;
        }
    }

    /// <summary>Puts a candidate of the last build in place; the model in use until now is kept as the one before.</summary>
    /// <param name="place">Its place in the list.</param>
    /// <exception cref="DoorbellException">There is no such candidate, or it cannot be used.</exception>
    public void Install(int place)
    {
        lock (_gate)
        {
            if (Read() is not { Outcome: { } outcome } build || place < 0 || place >= outcome.Candidates.Count)
                throw new DoorbellException(ErrorKind.NotFound, "There is no such candidate, or no longer.");
            Candidate candidate = outcome.Candidates[place];
            if (candidate.Kind == CandidateKind.Plain)
            {
                models.UseShipped();
                return;
            }
            var card = new ModelCard(candidate.Kind, build.EndedAt ?? build.BegunAt, build.From, candidate.Right);
            folder.WriteInto(candidate.Folder, CardFile, JsonSerializer.Serialize(card, Json));
            Checked(() => models.Install(candidate.Folder));
        }
    }

    /// <summary>Brings the model before back into use.</summary>
    /// <exception cref="DoorbellException">There is none, or it cannot be used any more.</exception>
    public void RollBack() => Checked(models.RollBack);

    /// <summary>Stops using the family's own model; it is kept as the one before.</summary>
    public void UseShipped() => models.UseShipped();

    /// <summary>A face of the last build that was mixed up; null when there is none.</summary>
    /// <param name="candidate">The candidate's place.</param>
    /// <param name="mixUp">The place among its mix-ups.</param>
    public byte[]? PictureOf(int candidate, int mixUp) =>
        Last?.Outcome?.Candidates.ElementAtOrDefault(candidate)?.MixUps.ElementAtOrDefault(mixUp) is { } one
            ? folder.Picture(one.Picture)
            : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        Task end;
        lock (_gate)
        {
            _isClosing = true;
            _training?.Stop();
            end = _end;
        }
        end.GetAwaiter().GetResult();
    }

    private static void Checked(Action install)
    {
        try
        {
            install();
        }
        catch (InvalidModelException error)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, error.Message, cause: error);
        }
    }

    private int PutDown(PersonOutline person)
    {
        int number = 0;
        foreach (SampleOutline sample in person.Positives)
        {
            if (people.FindPicture(sample.Id) is not { } kept) continue;
            folder.AddPhoto(person.Name, ++number, pictures.EncodePng(kept.Crop.Pixels));
        }
        return number;
    }

    private void Told(Guid id, string line)
    {
        string plain = string.Concat(line.Where(letter => !char.IsControl(letter))).Trim();
        if (plain.Length == 0) return;
        if (plain.Length > LongestLine) plain = plain[..LongestLine] + " …";
        try
        {
            lock (_gate) Note(id, plain);
        }
        catch (DoorbellException)
        {
            // A full disk takes a line of the log; the trainer's result is waited for all the same.
        }
    }

    private void Note(Guid id, string line)
    {
        if (Read() is not { State: BuildState.Running } build || build.Id != id) return;
        int beyond = Math.Max(0, build.Log.Count + 1 - MostLines);
        build = build with { Log = [.. build.Log.Skip(beyond), line], Dropped = build.Dropped + beyond };
        if (StepLine().Match(line) is { Success: true } step)
            build = build with { Step = Number(step.Groups[1]), Steps = Number(step.Groups[2]) };
        Write(build);
    }

    /// <summary>Somebody who is forgotten takes the build with them; the trainer must not write their face down again.</summary>
    private void StopIfCleared(Guid id)
    {
        lock (_gate) if (!(Read() is { } build && build.Id == id)) _training?.Stop();
    }

    private async Task EndAsync(ITraining training, Guid id)
    {
        TrainingEnd end = await training.Ended.ConfigureAwait(false);
        lock (_gate)
        {
            training.Dispose();
            _look?.Dispose();
            (_training, _look) = (null, null);
            try
            {
                Conclude(id, end);
            }
            catch (DoorbellException)
            {
                // What cannot be kept is told as cut off.
            }
        }
    }

    private void Conclude(Guid id, TrainingEnd end)
    {
        if (Read() is not { } build || build.Id != id)
        {
            folder.Clear();
            return;
        }
        BuildOutcome? outcome = end.IsGood && !_isCancelled && !_isClosing ? OutcomeIn(end.Result) : null;
        folder.RemoveAllBut(outcome is null ? [] : [.. outcome.Candidates.SelectMany(NeededBy)]);
        BuildState state = outcome is not null ? BuildState.Done
            : _isClosing ? BuildState.CutOff
            : _isCancelled ? BuildState.Cancelled : BuildState.Failed;
        Write(build with { State = state, EndedAt = time.GetUtcNow(), Outcome = outcome });
    }

    private static IEnumerable<string> NeededBy(Candidate candidate) =>
        [candidate.Folder, .. candidate.MixUps.Select(mixUp => mixUp.Picture)];

    /// <summary>What the trainer's result says; null when it cannot be understood.</summary>
    private static BuildOutcome? OutcomeIn(string result)
    {
        try
        {
            TrainerResult? told = JsonSerializer.Deserialize<TrainerResult>(result, Json);
            if (told is not { Trials.Count: > 0 }) return null;
            Candidate[] candidates = [.. told.Trials.Select(trial => new Candidate(
                trial.Kind, trial.Folder, trial.Validation.Value, trial.Validation.Low, trial.Validation.High, trial.Milliseconds,
                trial.KnowsStrangers, [.. trial.Mistakes.Select(one => new MixUp(one.Person, one.TakenFor, one.Picture))])
            {
                Rounds = trial.Epochs ?? [], BestRound = trial.BestEpoch,
            })];
            int chosen = told.Trials.Select((trial, place) => (trial.Name, place)).First(one => one.Name == told.Chosen).place;
            return new BuildOutcome(candidates, chosen, told.Explanation, told.TestAccuracy.Value, told.TestCrops);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private ModelCard? CardOf(string model)
    {
        try
        {
            return folder.ReadFrom(model, CardFile) is { } text ? JsonSerializer.Deserialize<ModelCard>(text, Json) : null;
        }
        catch (JsonException)
        {
            // A model without a card is one as well.
            return null;
        }
    }

    private ModelBuild? Read()
    {
        try
        {
            return folder.Read() is { } text ? JsonSerializer.Deserialize<ModelBuild>(text, Json) : null;
        }
        catch (JsonException)
        {
            // What cannot be understood is no build; the next one takes its place.
            return null;
        }
    }

    private void Write(ModelBuild build) => folder.Write(JsonSerializer.Serialize(build, Json));

    private static int Number(Group digits) => int.Parse(digits.Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Step (\d{1,2}) of (\d{1,2}):")]
    private static partial Regex StepLine();

    /// <summary>The trainer's result, as far as it is of use here.</summary>
    private sealed record TrainerResult(
        IReadOnlyList<TrainerTrial> Trials, string Chosen, string Explanation, TrainerRate TestAccuracy, int TestCrops);

    private sealed record TrainerTrial(string Name, CandidateKind Kind, string Folder, TrainerRate Validation, double Milliseconds,
        bool KnowsStrangers, IReadOnlyList<TrainerMistake> Mistakes, IReadOnlyList<TrainingRound>? Epochs, int BestEpoch);

    private sealed record TrainerRate(double Value, double Low, double High);

    private sealed record TrainerMistake(string Person, string TakenFor, string Picture);
}
