using System.CommandLine;
using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell identify PHOTO...: who is on photos.</summary>
internal static class IdentifyCommand
{
    /// <summary>The command.</summary>
    public static Command Create()
    {
        var photos = new Argument<FileInfo[]>("PHOTO")
        {
            Description = "Pictures with faces, or folders of such.", Arity = ArgumentArity.OneOrMore,
        };
        var data = CommonOptions.Data();
        var model = CommonOptions.Model();
        var detector = new DetectorOptions();
        var json = CommonOptions.Json();
        var command = new Command("identify", "Say who is on photos, of the people enrolled.") { photos, data, model, json };
        detector.AddTo(command);
        command.SetAction(parsed =>
        {
            var services = new HouseServices(
                CommonOptions.DataFolderOf(parsed.GetValue(data)), GalleryOptions.Log, parsed.GetValue(model)?.FullName,
                    detector.Read(parsed));
            return Run(services, parsed.GetValue(photos)!, parsed.GetValue(json));
        });
        return command;
    }

    private static int Run(HouseServices services, FileInfo[] photos, bool json)
    {
        // What is not there is said before seconds are spent on loading networks.
        if (photos.FirstOrDefault(photo => !File.Exists(photo.FullName) && !Directory.Exists(photo.FullName)) is { } missing)
            throw new UserErrorException($"There is no photo or folder '{missing}'.");
        string[] paths = [.. photos.SelectMany(photo => PhotosAt(photo.FullName))];
        using IdentificationService identification = services.LoadIdentification();
        PhotoAnswer[] answers = [.. paths.Select(identification.Look)];
        if (identification.Names.Count == 0)
            Screen.Remark($"Nobody is enrolled yet, so everyone is unknown. {Remedies.InWords(new Remedy(RemedyKey.Enrol))}");
        if (json) Screen.WriteJson(answers.Select(AsJson));
        else foreach (PhotoAnswer answer in answers) Tell(answer);
        return (int)(answers.Any(answer => answer.Problem is not null) ? ExitCode.BadInput : ExitCode.Done);
    }

    private static IEnumerable<string> PhotosAt(string path) =>
        Directory.Exists(path) ? PhotoList.Read(path, list: null).Select(photo => Path.Combine(path, photo)) : [path];

    private static void Tell(PhotoAnswer answer)
    {
        // The answer first: whoever listens need not hear the path before it.
        if (answer.Problem is not null) Console.Error.WriteLine(answer.Problem);
        else if (answer.Faces.Count == 0) Console.Out.WriteLine($"No face: {answer.Photo}");
        foreach (FaceAnswer face in answer.Faces)
        {
            string who = face.Who.Outcome switch
            {
                IdentificationOutcome.Known => face.Who.Name!,
                IdentificationOutcome.Uncertain => $"Perhaps {face.Who.Name}",
                _ => "Someone I don't know",
            };
            string likeness = (face.Who.Figures.Similarity ?? face.Who.Figures.Probability) is { } value
                ? value.ToString(" (0.00)", CultureInfo.InvariantCulture)
                : "";
            Console.Out.WriteLine($"{who}{likeness}: {answer.Photo}. {face.Who.Reason}");
        }
    }

    private static object AsJson(PhotoAnswer answer) => new
    {
        answer.Photo,
        answer.Problem,
        faces = answer.Faces.Select(face => new
        {
            face.Who.Outcome,
            face.Who.Person,
            face.Who.Name,
            face.Who.Figures,
            face.Who.Reason,
            face.Detection.Box.X,
            face.Detection.Box.Y,
            face.Detection.Box.Width,
            face.Detection.Box.Height,
            angle_degrees = face.Detection.Rotation.Degrees,
        }),
    };
}
