using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Storage;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell identify PHOTO...: who is on photos.</summary>
internal static class IdentifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var photos = new Argument<FileInfo[]>("PHOTO") { Description = "Pictures with faces, or folders of such.", Arity = ArgumentArity.OneOrMore };
        var data = CommonOptions.Data();
        var model = CommonOptions.Model();
        var detector = new DetectorOptions();
        var json = CommonOptions.Json();
        var command = new Command("identify", "Say who is on photos, of the people enrolled.") { photos, data, model, json };
        detector.AddTo(command);
        command.SetAction(parsed => Run(
            parsed.GetValue(photos)!, CommonOptions.DataFolderOf(parsed.GetValue(data)), parsed.GetValue(model)?.FullName, detector.Read(parsed), parsed.GetValue(json)));
        return command;
    }

    private static int Run(FileInfo[] photos, string dataFolder, string? modelFolder, DetectorChoice detector, bool json)
    {
        using FaceEngine engine = FaceEngine.Load(modelFolder, detector);
        Gallery gallery = SqliteGalleryStore.LoadGallery(dataFolder, engine.Embedder, new RemarkLogger());
        // A photo stands for itself: there is no second one that could agree.
        var policy = new GalleryPolicy(new Household(gallery, engine.Strangers, engine.Embedder.Manifest), new GalleryPolicyOptions { AgreeingFrames = 1 }, SecondOpinion.Of(engine.Embedder.Manifest));
        PhotoFaces faces = engine.Photos;
        if (gallery.People.Count == 0) Screen.Remark("Nobody is enrolled yet, so everyone is unknown: enrol people with ./doorbell enroll NAME.");
        PhotoAnswer[] answers = [.. photos.SelectMany(photo => PhotosAt(photo.FullName)).Select(photo => Look(photo, faces, policy))];
        if (json) Screen.WriteJson(answers);
        else foreach (PhotoAnswer answer in answers) Tell(answer);
        return (int)(answers.Any(answer => answer.Problem is not null) ? ExitCode.BadInput : ExitCode.Done);
    }

    private static IEnumerable<string> PhotosAt(string path) =>
        Directory.Exists(path) ? PhotoList.Read(path, list: null).Select(photo => Path.Combine(path, photo)) : [path];

    private static PhotoAnswer Look(string path, PhotoFaces faces, GalleryPolicy policy)
    {
        PictureReading reading = PictureFile.TryRead(path);
        if (!reading.Succeeded) return new PhotoAnswer(path, reading.Reason, []);
        return new PhotoAnswer(path, null, [.. faces.Read(reading.Picture).Select(face => FaceAnswer.Of(face, policy.Decide([face.Vote])))]);
    }

    private static void Tell(PhotoAnswer answer)
    {
        if (answer.Problem is not null) Console.Error.WriteLine(answer.Problem);
        else if (answer.Faces.Count == 0) Console.Out.WriteLine($"{answer.Photo}: no face");
        foreach (FaceAnswer face in answer.Faces)
        {
            string who = face.Outcome switch
            {
                IdentificationOutcome.Known => face.Name!,
                IdentificationOutcome.Uncertain => $"perhaps {face.Name}",
                _ => "someone I don't know",
            };
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{answer.Photo}: {who} ({face.Score:0.00}). {face.Reason}"));
        }
    }

    private sealed record PhotoAnswer(string Photo, string? Problem, IReadOnlyList<FaceAnswer> Faces);

    private sealed record FaceAnswer(IdentificationOutcome Outcome, string? Name, float Score, string Reason, int X, int Y, int Width, int Height, float AngleDegrees)
    {
        public static FaceAnswer Of(RecognizedFace face, Identification who) => new(
            who.Outcome, who.Name, who.Score, who.Reason, face.Detection.Box.X, face.Detection.Box.Y, face.Detection.Box.Width, face.Detection.Box.Height, face.Detection.Rotation.Degrees);
    }
}
