using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Models;
using DoorbellFace.Application.Page;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Building;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Review;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell build-model PHOTOS: the whole way from photos to the model in use.</summary>
internal sealed class BuildModelCommand
{
    private readonly Argument<string> _photos = new("PHOTOS")
    {
        Description = "Folder with one folder of photos for each person, called as the person is to be called. It is only read.",
    };
    private readonly Option<string?> _strangers = new("--strangers")
    {
        Description =
            "Folder with photos of people who are nobody's family, loose or in folders; without it a fine-tuned model knows nothing of "
            + "strangers.",
        HelpName = "DIR",
    };
    private readonly Option<double> _minutes = new("--minutes")
    {
        Description = "Time for the trainings; finding the faces comes on top.", HelpName = "N", DefaultValueFactory = _ => 20,
    };
    private readonly Option<string?> _out = new("--out")
    {
        Description = "Folder for what is made on the way; by default PHOTOS-model.", HelpName = "DIR",
    };
    private readonly Option<string> _data = new("--data")
    {
        Description = "Data folder of the doorbell, where the model is installed.", HelpName = "DIR",
        DefaultValueFactory = _ => DataFolder.Default,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Number that decides everything random.", HelpName = "S", DefaultValueFactory = _ => 1,
    };
    private readonly Option<bool> _noInstall = new("--no-install")
    {
        Description = "Choose and measure a model, and leave the one in use as it is.",
    };
    private readonly Option<bool> _yes =
        Question.YesOption(
            "Enrol the people of the photos without asking. Without this, and where nobody can be asked, nobody is enrolled.");
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, for programs." };
    private readonly Option<bool> _whileAsked = new("--while-asked")
    {
        Description = "End at once when standard input ends: for a program that starts this one, and may itself be killed.",
    };

    private BuildModelCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new BuildModelCommand();
        var command = new Command("build-model",
            "From photos to the best model for these people: cut out faces, sort out wrong ones, try models, choose by pictures none has "
            + "learnt from, install, and enrol these people (it asks at the start). The model before is kept (./doorbell models rollback).")
        {
            options._photos, options._strangers, options._minutes, options._out, options._data, options._seed, options._noInstall,
                options._yes, options._json, options._whileAsked,
        };
        command.SetAction(options.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        double minutes = parsed.GetValue(_minutes);
        if (minutes is not (> 0 and <= 1440))
            throw new UserErrorException(
                $"--minutes is {minutes.ToString(CultureInfo.InvariantCulture)}; expected more than 0 and at most 1440.",
                    ExitCode.WrongUsage);
        if (parsed.GetValue(_whileAsked)) EndWithInput();
        long started = Stopwatch.GetTimestamp();
        string photos = parsed.GetValue(_photos)!, work = parsed.GetValue(_out)
            ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(photos)) + "-model";
        var family = new FamilyEnrolment(photos);
        bool install = !parsed.GetValue(_noInstall), enrol = install && WantsEnrolment(parsed, family);
        using var stop =
            new StopSignal(() => Screen.Remark("Stopping; what has been made by then is chosen from. (Ctrl-C again ends at once.)"));
        string faces = Path.Combine(work, "faces");
        BuildSteps.Tell(Screen.Remark, BuildSteps.Faces);
        if (!Prepare(photos, faces, stop.Requested)) return (int)ExitCode.Interrupted;
        string? strangers = parsed.GetValue(_strangers) is null ? null : Path.Combine(work, "strangers");
        if (strangers is not null && !Prepare(parsed.GetValue(_strangers)!, strangers, stop.Requested)) return (int)ExitCode.Interrupted;

        BuildSteps.Tell(Screen.Remark, BuildSteps.Review);
        IReadOnlyList<CropSuggestion> wrong = Review(faces, stop.Requested);
        BuildSteps.Tell(Screen.Remark, BuildSteps.Dividing);
        string divided = Divide(faces, Path.Combine(work, "split"), wrong, parsed.GetValue(_seed));
        var build =
            new ModelBuild(divided, strangers, Path.Combine(work, "trials"), parsed.GetValue(_seed), TimeSpan.FromMinutes(minutes),
                Screen.Remark);
        var epochs = new EpochLines();
        BuildResult result = build.Run(epochs.Tell, stop.Requested);
        string data = parsed.GetValue(_data)!;
        var store = new FolderModelStore(data, ModelCheck.Run);
        if (install)
        {
            store.Install(result.Chosen.Folder);
            ConsoleAudit.Note(data, AuditAct.ModelChanged);
        }
        // A network that has learnt these very people names them without being told.
        bool knowsNobody = install && OnnxModel.TaskOf(store.Current!) == ModelTask.Embedding;
        var outcome = new BuildOutcome(photos, family, result, wrong, new ReviewFiles(faces).Page, install ? store : null)
        {
            Enrolled = enrol && knowsNobody
                ? Screen.WithProgress("enrolling", family.Photos, onPhoto => family.Run(data, store.Current, onPhoto, stop.Requested))
                : null,
            KnowsNobody = knowsNobody,
            Took = Stopwatch.GetElapsedTime(started),
        };
        if (parsed.GetValue(_json)) outcome.WriteJson();
        else outcome.WriteText();
        return (int)ExitCode.Done;
    }

    /// <summary>
    /// Whoever waits for the result is gone, so nothing is finished for them. Killed and not exited: the library's threads still compute,
    /// and must not meet what an exit takes away.
    /// </summary>
    private static void EndWithInput() => new Thread(() =>
    {
        using Stream input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
        }
        Process.GetCurrentProcess().Kill();
    }) { IsBackground = true, Name = "standard input" }.Start();

    /// <summary>Asked at the start, so that nobody need wait for the trainings to answer.</summary>
    private bool WantsEnrolment(ParseResult parsed, FamilyEnrolment family) =>
        family.Names.Count > 0 && (parsed.GetValue(_yes) || (Question.CanAsk && !parsed.GetValue(_json)
            && Question.Ask(
                $"When the model is installed, shall the doorbell know these people by their photos: {string.Join(", ", family.Names)}?",
                    isYesUsual: true, Console.In, Console.Error)));

    private static bool Prepare(string photos, string faces, CancellationToken stop)
    {
        (_, IReadOnlyList<PreparedPhoto> done) =
            FaceSteps.CutOut(photos, faces, $"looking for faces in {Path.GetFileName(Path.TrimEndingDirectorySeparator(photos))}", stop);
        if (stop.IsCancellationRequested) return false;
        Screen.Remark(
            $"{done.Count(photo => photo.Outcome == PhotoOutcome.Face)} faces in {done.Count} photos; "
            + $"{Path.Combine(faces, PreparationPage.FileName)} shows where none was found.");
        return true;
    }

    private static IReadOnlyList<CropSuggestion> Review(string faces, CancellationToken stop)
    {
        (_, IReadOnlyList<CropSuggestion> wrong) = FaceSteps.Review(faces, ImageFolder.Scan(faces), stop);
        if (wrong.Count > 0)
            Screen.Remark(
                $"{(wrong.Count == 1 ? "1 face looks wrong and is" : $"{wrong.Count} faces look wrong and are")} left out; "
                + $"{new ReviewFiles(faces).Page} shows which and why.");
        return wrong;
    }

    private static string Divide(string faces, string target, IReadOnlyList<CropSuggestion> wrong, int seed)
    {
        // Of an earlier run of this command, and made of links.
        if (File.Exists(Path.Combine(target, FolderSplitter.RecordFile))) Directory.Delete(target, recursive: true);
        var splitter =
            new FolderSplitter(faces, target,
                wrong.Select(suggestion => Path.Combine(faces, suggestion.Crop)).ToHashSet(StringComparer.Ordinal));
        Screen.WithProgress("dividing the faces", splitter.Pictures, onPicture => splitter.Run(seed, copy: false, onPicture));
        return target;
    }

    /// <summary>A line for every tenth of a training: fifty lines are read aloud for minutes.</summary>
    private sealed class EpochLines
    {
        private int _epoch, _tenth;

        public void Tell(TrainingProgress progress)
        {
            if (progress.Epoch == _epoch) return;
            if (progress.Epoch < _epoch) _tenth = 0;
            _epoch = progress.Epoch;
            int tenth = 1 + (10 * (progress.Epoch - 1) / Math.Max(1, progress.Epochs));
            if (tenth <= _tenth) return;
            _tenth = tenth;
            Screen.Remark(string.Create(CultureInfo.InvariantCulture,
                $"epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:0.00}"));
        }
    }
}
