using System.Globalization;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Adapters.Training;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.Tests.People;
using DoorbellFace.Application.Training;
using DoorbellFace.Core.Identity;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;
using DoorbellFace.Vision;

namespace DoorbellFace.Application.Tests.Training;

/// <summary>
/// Real processes, folders and models. In the trainer's place stands a shell that says what a test needs said: the trainer itself is
/// tried through the page.
/// </summary>
public sealed class ModelBuildsTests : IClassFixture<Networks>, IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the trainer is called with: build-model PHOTOS --out WORK --minutes N ...</summary>
    private const string Candidates =
        """
        echo "Step 1 of 7: looking for the faces." >&2
        echo "$(ls "$2" | tr '\n' ' ')with $(ls "$2"/* | grep -c png) pictures, $6 minutes" >&2
        mkdir -p "$4/trials/small" "$4/faces/Anna"
        cp -r "$MODEL" "$4/trials/small/model"
        cp "$2/Anna/1.png" "$4/trials/1.png"
        cp "$2/Anna/1.png" "$4/faces/Anna/1.png"
        echo "Step 7 of 7: measuring the chosen one." >&2
        cat <<END
        {"trials": [
          {"name": "plain", "kind": "plain", "folder": "/shipped", "validation": {"value": 1, "low": 0.4, "high": 1}, "milliseconds": 9.5,
           "knows_strangers": true, "mistakes": []},
          {"name": "small", "kind": "small", "folder": "$4/trials/small/model", "validation": {"value": 0.5, "low": 0.1, "high": 0.9},
           "milliseconds": 1, "knows_strangers": false, "best_epoch": 1,
           "epochs": [{"number": 1, "train_loss": 1.5, "validation_loss": 1.25, "validation_accuracy": 0.5}],
           "mistakes": [{"person": "Anna", "taken_for": "Ben", "picture": "$4/trials/1.png"}]}],
         "chosen": "plain", "explanation": "Why.", "test_accuracy": {"value": 1, "low": 0.4, "high": 1}, "test_crops": 2}
        END
        """;

    private readonly ReviewHouse _house;
    private readonly TemporaryFolder _folder = new();
    private readonly FolderModelStore _models;
    private readonly PersonId _anna;

    public ModelBuildsTests(Networks networks)
    {
        _house = new ReviewHouse(networks.Tools);
        _models = new FolderModelStore(_house.Data, ModelCheck.Run);
        _anna = _house.Enrol(DrawnFamily.Anna, 4, 41_000_000);
    }

    public void Dispose()
    {
        _house.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_build_tells_its_steps_and_its_candidates_are_installed_and_taken_back()
    {
        PersonId ben = EnrolBen();
        using ModelBuilds builds = Builds(Candidates);
        Assert.Null(builds.Last);

        builds.Start(minutes: 5);
        await builds.Ended.WaitAsync(Patience);

        ModelBuild last = builds.Last!;
        Assert.Equal((BuildState.Done, 7, 7), (last.State, last.Step, last.Steps));
        Assert.Contains("Anna Ben with 8 pictures, 5 minutes", last.Log);
        Assert.Equal([new LearntFrom(_anna, 4), new LearntFrom(ben, 4)], last.From);
        Candidate small = last.Outcome!.Candidates[1];
        Assert.Equal((0, 0.5, "Ben"), (last.Outcome.Chosen, small.Right, small.MixUps[0].TakenFor));
        Assert.Equal([new TrainingRound(1.5, 1.25, 0.5)], small.Rounds);
        Assert.Equal((1, 0, 0), (small.BestRound, last.Outcome.Candidates[0].Rounds.Count, last.Outcome.Candidates[0].BestRound));
        Assert.NotNull(builds.PictureOf(1, 0));
        Assert.Null(builds.PictureOf(0, 0));
        // Nothing of the people is kept but what a candidate is and mixes up.
        Assert.Equal(["1.png"], Left("*.png"));

        builds.Install(1);
        Assert.Equal((CandidateKind.Small, 0.5), (builds.Current!.Value.Card!.Kind, builds.Current.Value.Card.Right));
        Assert.Equal([_anna, ben], builds.Current.Value.Card.From.Select(from => from.Person));
        builds.Install(0);
        Assert.Null(builds.Current);
        builds.RollBack();
        Assert.NotNull(builds.Current!.Value.Card);
        builds.UseShipped();
        Assert.Null(builds.Current);
        Assert.Throws<DoorbellException>(() => builds.Install(2));
    }

    [Fact]
    public async Task Cancelling_ends_whatever_the_trainer_has_started_and_leaves_no_picture()
    {
        EnrolBen();
        using ModelBuilds builds = Builds("""mkdir -p "$4/faces"; cp "$2/Anna/1.png" "$4/faces"; sleep 1000 & echo $! >&2; wait""");
        builds.Start(minutes: 5);
        int child = int.Parse(await UntilAsync(() => builds.Last!.Log is [var first, ..] ? first : null), CultureInfo.InvariantCulture);
        Assert.True(IsAlive(child));
        Assert.Equal(ErrorKind.InUse, Assert.Throws<DoorbellException>(() => builds.Start(minutes: 5)).Kind);

        await builds.CancelAsync().WaitAsync(Patience);

        await UntilAsync(() => IsAlive(child) ? null : "gone");
        Assert.Equal(BuildState.Cancelled, builds.Last!.State);
        Assert.Empty(Left("*.png"));
        builds.Start(minutes: 5);
    }

    [Fact]
    public async Task What_the_trainer_complains_of_is_the_end_of_a_log_that_does_not_grow_without_end()
    {
        EnrolBen();
        using ModelBuilds builds = Builds("""for i in $(seq 400); do echo "line $i" >&2; done; echo "No face was found." >&2; exit 4""");
        builds.Start(minutes: 5);
        await builds.Ended.WaitAsync(Patience);

        ModelBuild last = builds.Last!;
        Assert.Equal((BuildState.Failed, ModelBuilds.MostLines, 401), (last.State, last.Log.Count, last.Dropped + last.Log.Count));
        Assert.Equal("No face was found.", last.Log[^1]);
        Assert.Null(last.Outcome);
    }

    [Fact]
    public async Task A_program_that_ends_under_a_build_says_so_whether_it_closed_or_was_killed()
    {
        EnrolBen();
        string record;
        using (ModelBuilds builds = Builds("echo begun >&2; sleep 1000"))
        {
            builds.Start(minutes: 5);
            await UntilAsync(() => builds.Last!.Log is [var first, ..] ? first : null);
            record = _house.Builds.Read()!;
        }
        using ModelBuilds next = Builds(Candidates);
        Assert.Equal(BuildState.CutOff, next.Last!.State);

        // As a program that was killed leaves it: at work, with pictures.
        _house.Builds.Write(record);
        _house.Builds.AddPhoto("Anna", 1, SmallPng.Bytes);
        Assert.Equal(BuildState.CutOff, next.Last!.State);
        next.Begin();
        Assert.Equal(BuildState.CutOff, next.Last!.State);
        Assert.Empty(Left("*.png"));
    }

    [Fact]
    public async Task Whoever_is_forgotten_takes_a_build_with_them_also_one_that_goes_on()
    {
        EnrolBen();
        using (ModelBuilds builds = Builds(Candidates))
        {
            builds.Start(minutes: 5);
            await builds.Ended.WaitAsync(Patience);
            _house.People.Forget("Ben", withVisits: false);
            Assert.Null(builds.Last);
            Assert.Empty(Left("*"));
        }

        EnrolBen();
        using ModelBuilds running = Builds("""sleep 1; mkdir -p "$4"; echo x >"$4/x.png"; echo written >&2; sleep 1000""");
        running.Start(minutes: 5);
        _house.People.Forget("Ben", withVisits: false);
        Assert.Null(running.Last);
        _house.Time.Advance(TimeSpan.FromSeconds(2));
        await running.Ended.WaitAsync(Patience);
        Assert.Empty(Left("*"));
    }

    [Fact]
    public void Nothing_begins_without_a_trainer_with_too_few_people_or_in_no_time()
    {
        using ModelBuilds without = new(new TrainerProcess(null), _house.Builds, _models, _house.People, new PictureFiles(), _house.Time);
        Assert.False(without.HasTrainer);
        Assert.Equal(RemedyKey.InstallTrainer, Assert.Throws<DoorbellException>(() => without.Start(5)).Remedy!.Key);

        using ModelBuilds alone = Builds(Candidates);
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => alone.Start(5)).Kind);
        Assert.Equal(ErrorKind.InvalidValue, Assert.Throws<DoorbellException>(() => alone.Start(0)).Kind);
        Assert.Null(alone.Last);
        Assert.Empty(Left("*"));
    }

    private PersonId EnrolBen() => _house.Enrol(DrawnFamily.Ben, 4, 42_000_000);

    private ModelBuilds Builds(string script)
    {
        string path = _folder["trainer.sh"];
        File.WriteAllText(path, $"MODEL='{ShippedModels.Find("drawn-family")}'\n{script}\n");
        return new ModelBuilds(new TrainerProcess(["/bin/sh", path]), _house.Builds, _models, _house.People, new PictureFiles(),
            _house.Time);
    }

    private IEnumerable<string?> Left(string pattern)
    {
        string folder = Path.Combine(_house.Data, "build");
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Select(Path.GetFileName)
            : [];
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static async Task<string> UntilAsync(Func<string?> there)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            if (there() is { } found) return found;
            await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
        }
    }
}
