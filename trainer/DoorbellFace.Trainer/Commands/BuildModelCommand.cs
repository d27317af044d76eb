using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Models;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Building;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Review;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell build-model PHOTOS: the whole way from photos to the model in use.</summary>
internal sealed class BuildModelCommand
{
    private readonly Argument<string> _photos = new("PHOTOS") { Description = "Folder with one folder of photos for each person, called as the person is to be called. It is only read." };
    private readonly Option<string?> _strangers = new("--strangers") { Description = "Folder with photos of people who are nobody's family, loose or in folders; without it a fine-tuned model knows nothing of strangers.", HelpName = "DIR" };
    private readonly Option<double> _minutes = new("--minutes") { Description = "Time for the trainings; finding the faces comes on top.", HelpName = "N", DefaultValueFactory = _ => 20 };
    private readonly Option<string?> _out = new("--out") { Description = "Folder for what is made on the way; by default PHOTOS-model.", HelpName = "DIR" };
    private readonly Option<string> _data = new("--data") { Description = "Data folder of the doorbell, where the model is installed.", HelpName = "DIR", DefaultValueFactory = _ => DataFolder.Default };
    private readonly Option<int> _seed = new("--seed") { Description = "Number that decides everything random.", HelpName = "S", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _noInstall = new("--no-install") { Description = "Choose and measure a model, and leave the one in use as it is." };
    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, for programs." };

    private BuildModelCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new BuildModelCommand();
        var command = new Command("build-model", "From photos to the best model for these people: cut out faces, sort out wrong ones, try models, choose by pictures none has learnt from, install. The model before is kept (./doorbell models rollback).")
        {
            options._photos, options._strangers, options._minutes, options._out, options._data, options._seed, options._noInstall, options._json,
        };
        command.SetAction(options.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        double minutes = parsed.GetValue(_minutes);
        if (minutes is not (> 0 and <= 1440)) throw new UserErrorException($"--minutes is {minutes.ToString(CultureInfo.InvariantCulture)}; expected more than 0 and at most 1440.", ExitCode.WrongUsage);
        long started = Stopwatch.GetTimestamp();
        string photos = parsed.GetValue(_photos)!, work = parsed.GetValue(_out) ?? Path.TrimEndingDirectorySeparator(Path.GetFullPath(photos)) + "-model";
        using var stop = new StopSignal(() => Screen.Remark("Stopping; what has been made by then is chosen from. (Ctrl-C again ends at once.)"));
        string faces = Path.Combine(work, "faces");
        if (!Prepare(photos, faces, stop.Requested)) return (int)ExitCode.Interrupted;
        string? strangers = parsed.GetValue(_strangers) is null ? null : Path.Combine(work, "strangers");
        if (strangers is not null && !Prepare(parsed.GetValue(_strangers)!, strangers, stop.Requested)) return (int)ExitCode.Interrupted;

        IReadOnlyList<CropSuggestion> wrong = Review(faces, stop.Requested);
        string divided = Divide(faces, Path.Combine(work, "split"), wrong, parsed.GetValue(_seed));
        var build = new ModelBuild(divided, strangers, Path.Combine(work, "candidates"), parsed.GetValue(_seed), TimeSpan.FromMinutes(minutes), Screen.Remark);
        int epoch = 0;
        BuildResult result = build.Run(
            progress =>
            {
                if (progress.Epoch == epoch) return;
                epoch = progress.Epoch;
                Screen.Remark(string.Create(CultureInfo.InvariantCulture, $"epoch {progress.Epoch} of {progress.Epochs}, loss {progress.Loss:0.00}"));
            },
            stop.Requested);
        var installed = new FolderModelStore(parsed.GetValue(_data)!, ModelCheck.Run);
        bool install = !parsed.GetValue(_noInstall);
        if (install) installed.Install(result.Chosen.Folder);
        Report(parsed, photos, result, wrong, new ReviewFiles(faces).Page, install ? installed : null, Stopwatch.GetElapsedTime(started));
        return (int)ExitCode.Done;
    }

    private static bool Prepare(string photos, string faces, CancellationToken stop)
    {
        (_, IReadOnlyList<PreparedPhoto> done) = PrepareCommand.CutOut(photos, faces, $"looking for faces in {Path.GetFileName(Path.TrimEndingDirectorySeparator(photos))}", stop);
        if (stop.IsCancellationRequested) return false;
        Screen.Remark($"{done.Count(photo => photo.Outcome == PhotoOutcome.Face)} faces in {done.Count} photos; {Path.Combine(faces, PreparationPage.FileName)} shows where none was found.");
        return true;
    }

    private static IReadOnlyList<CropSuggestion> Review(string faces, CancellationToken stop)
    {
        (_, IReadOnlyList<CropSuggestion> wrong) = ReviewCommand.Look(faces, ImageFolder.Scan(faces), stop);
        if (wrong.Count > 0) Screen.Remark($"{(wrong.Count == 1 ? "1 face looks wrong and is" : $"{wrong.Count} faces look wrong and are")} left out; {new ReviewFiles(faces).Page} shows which and why.");
        return wrong;
    }

    private static string Divide(string faces, string target, IReadOnlyList<CropSuggestion> wrong, int seed)
    {
        // Of an earlier run of this command, and made of links.
        if (File.Exists(Path.Combine(target, FolderSplitter.RecordFile))) Directory.Delete(target, recursive: true);
        var splitter = new FolderSplitter(faces, target, wrong.Select(suggestion => Path.Combine(faces, suggestion.Crop)).ToHashSet(StringComparer.Ordinal));
        Screen.WithProgress("dividing the faces", splitter.Pictures, onPicture => splitter.Run(seed, copy: false, onPicture));
        return target;
    }

    private void Report(ParseResult parsed, string photos, BuildResult result, IReadOnlyList<CropSuggestion> wrong, string page, FolderModelStore? installed, TimeSpan took)
    {
        if (parsed.GetValue(_json))
        {
            Screen.WriteJson(new
            {
                candidates = result.Candidates, chosen = result.Chosen.Name, result.Explanation, test_accuracy = result.Test, result.TestCrops,
                left_out = wrong, review_page = page, installed = installed?.Current, seconds = took.TotalSeconds,
            });
            return;
        }
        Console.Out.WriteLine(result.Explanation);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Of {result.TestCrops} pictures that were kept for measuring alone, it puts the right person first in {result.Test.Value:0.0 %} (95 %: {result.Test.Low:0.0 %} to {result.Test.High:0.0 %}). It took {took.TotalMinutes:0.0} minutes."));
        if (installed is null) return;
        Console.Out.WriteLine($"It is installed in {installed.Current}, and checked in ONNX Runtime. A running doorbell uses it from the next ring on.{(installed.Previous is not null ? " The one before is kept: ./doorbell models rollback brings it back." : "")}");
        if (OnnxModel.TaskOf(installed.Current!) != ModelTask.Embedding) return;
        Console.Out.WriteLine("The doorbell knows people who are enrolled; whoever is not yet:");
        foreach (string person in PhotoFolder.Read(photos).People.Where(person => person.Photos.Count > 0).Select(person => person.Name))
            Console.Out.WriteLine($"  ./doorbell enroll \"{person}\" --photos \"{Path.Combine(photos, person)}\"");
    }
}
