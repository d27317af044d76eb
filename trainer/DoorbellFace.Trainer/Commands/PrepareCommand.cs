using System.CommandLine;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell prepare PHOTOS OUT: cuts the faces out of photos.</summary>
internal static class PrepareCommand
{
    private const int ListedPhotos = 20;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var photos = new Argument<string>("PHOTOS") { Description = "Folder with one folder of photos for each person. It is only read." };
        var output = new Argument<string>("OUT")
        {
            Description = "Folder for the faces, one folder for each person, and the report, prepare.json and prepare.html.",
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command =
            new Command("prepare",
                "Cut the largest face out of every photo, turned upright: 256x256 pictures to train with. Copies of one photo count once. "
                + "Interrupted, the same command goes on.") { photos, output, json };
        command.SetAction(parsed => Run(parsed.GetValue(photos)!, parsed.GetValue(output)!, parsed.GetValue(json)));
        return command;
    }

    private static int Run(string photos, string output, bool json)
    {
        using var stop = new StopSignal(() => Screen.Remark("Stopping after this photo."));
        (FacePreparation preparation, IReadOnlyList<PreparedPhoto> done) =
            FaceSteps.CutOut(photos, output, "looking for faces", stop.Requested);
        bool interrupted = done.Count < preparation.Photos.Count;
        if (json) WriteJson(preparation, done, output, interrupted);
        else WriteText(preparation, done, output, interrupted);
        if (interrupted) return (int)ExitCode.Interrupted;
        return (int)(done.Any(photo => photo.Outcome == PhotoOutcome.Face) ? ExitCode.Done : ExitCode.Failed);
    }

    private static void WriteJson(FacePreparation preparation, IReadOnlyList<PreparedPhoto> done, string output, bool interrupted) =>
        Screen.WriteJson(new
    {
        faces = Path.GetFullPath(output),
        report = Path.Combine(Path.GetFullPath(output), PreparationReport.FileName),
        page = Path.Combine(Path.GetFullPath(output), PreparationPage.FileName),
        photos = preparation.Photos.Count,
        interrupted,
        people = FaceCutting.FacesPerPerson(done),
        people_without_photos = preparation.Folder.People.Where(person => person.Photos.Count == 0).Select(person => person.Name),
        passed_over = preparation.Folder.PassedOver.Select(item => new { item.Path, item.Reason }),
        duplicates = Of(done, PhotoOutcome.Duplicate).Select(photo => new { photo.Photo, photo.DuplicateOf }),
        no_face = Of(done, PhotoOutcome.NoFace).Select(photo => photo.Photo),
        unreadable = Of(done, PhotoOutcome.Unreadable).Select(photo => new { photo.Photo, photo.Reason }),
    });

    private static void WriteText(FacePreparation preparation, IReadOnlyList<PreparedPhoto> done, string output, bool interrupted)
    {
        foreach ((string person, int faces) in FaceCutting.FacesPerPerson(done))
            Console.Out.WriteLine(
                $"{(person.Length == 0 ? "(loose photos)" : person)}: {faces} face{(faces == 1 ? "" : "s")} from "
                + $"{done.Count(photo => photo.Person == person)} photos");
        List("Shown already by another photo:", Of(done, PhotoOutcome.Duplicate), photo => $"{photo.Photo}, as {photo.DuplicateOf}");
        List("No face was found in", Of(done, PhotoOutcome.NoFace), photo => photo.Photo);
        List("Not readable as a picture:", Of(done, PhotoOutcome.Unreadable), photo => photo.Reason!);
        if (interrupted)
            Console.Out.WriteLine($"Stopped after {done.Count} of {preparation.Photos.Count} photos; the same command goes on.");
        else Console.Out.WriteLine(
            $"The photos without a face are on the page {Path.Combine(output, PreparationPage.FileName)}. Next: ./doorbell review "
            + $"{ShellWords.Quote(output)} names faces that look wrong, then ./doorbell train {ShellWords.Quote(output)}");
    }

    private static void List(string title, PreparedPhoto[] photos, Func<PreparedPhoto, string> text)
    {
        if (photos.Length == 0) return;
        Console.Out.WriteLine($"{title} {photos.Length} photo{(photos.Length == 1 ? "" : "s")}:");
        foreach (PreparedPhoto photo in photos.Take(ListedPhotos)) Console.Out.WriteLine($"  {text(photo)}");
        if (photos.Length > ListedPhotos) Console.Out.WriteLine($"  ... all of them are in {PreparationReport.FileName}");
    }

    private static PreparedPhoto[] Of(IReadOnlyList<PreparedPhoto> photos, PhotoOutcome outcome) =>
        [.. photos.Where(photo => photo.Outcome == outcome)];
}
