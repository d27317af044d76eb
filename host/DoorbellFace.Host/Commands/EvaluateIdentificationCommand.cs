using System.CommandLine;
using System.Globalization;
using DoorbellFace.Application.Faces;
using DoorbellFace.Host.Composition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Measuring;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell evaluate identification: how often the right name is said, and how often a stranger is given one.</summary>
internal sealed class EvaluateIdentificationCommand
{
    private readonly Option<DirectoryInfo> _people = new("--people")
    {
        Description = "Folder with one folder of photos for each person of the family.", HelpName = "DIR", Required = true,
    };
    private readonly Option<DirectoryInfo?> _enrollPeople = new("--enroll-people")
    {
        Description =
            "Folder like --people with the photos to enrol with; all photos of --people are asked about then. For a model that has learnt "
            + "from some.",
        HelpName = "DIR",
    };
    private readonly Option<DirectoryInfo?> _strangers = new("--strangers")
    {
        Description = "Folder with photos of people who are not family, loose or in a folder for each.", HelpName = "DIR",
    };
    private readonly Option<bool> _leaveOneOut = new("--leave-one-out")
    {
        Description = "Each person of the family in turn is a stranger to the others, too.",
    };
    private readonly Option<int> _enroll = new("--enroll")
    {
        Description = "Photos that each person is enrolled with; the others are asked about.", HelpName = "N",
        DefaultValueFactory = _ => 10,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides which photos, and the camera's noise.", HelpName = "S", DefaultValueFactory = _ => 1,
    };
    private readonly CameraOption _camera =
        new("--camera",
            "How the photos to be asked about are seen: none (as they are), or height of the face in the doorbell's frame, in pixels.");
    private readonly CameraOption _enrollCamera = new("--enroll-camera", "The same for the photos to enrol with.");
    private readonly FramesOption _frames = new();
    private readonly Option<bool> _compressed = new("--compressed")
    {
        Description = "The camera's frames travel in compressed rows, as the doorbell sends them; needs --camera.",
    };
    private readonly Option<DirectoryInfo?> _model = new("--model")
    {
        Description = "Folder of another backbone than the one that comes with the program.", HelpName = "DIR",
    };
    private readonly Option<bool> _galleryOnly = new("--gallery-only")
    {
        Description = "Do not ask the model's own classifier, if it was trained on the family.",
    };
    private readonly Option<bool> _json = CommonOptions.Json();

    private EvaluateIdentificationCommand()
    {
    }

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var options = new EvaluateIdentificationCommand();
        var command = new Command("identification",
            "Measure how often the right name is said, and how often a stranger is given one: the whole way from uncropped photos.")
        {
            options._people, options._enrollPeople, options._strangers, options._leaveOneOut, options._enroll, options._seed,
                options._camera, options._enrollCamera, options._frames, options._compressed, options._model, options._galleryOnly,
                options._json,
        };
        command.SetAction((parsed, stop) => Task.FromResult(options.Run(parsed, stop)));
        return command;
    }

    private int Run(ParseResult parsed, CancellationToken stop)
    {
        int? camera = _camera.HeightIn(parsed);
        var settings = new IdentificationSettings(parsed.GetValue(_enroll), parsed.GetValue(_seed), camera, _enrollCamera.HeightIn(parsed),
            _frames.Of(parsed, camera), parsed.GetValue(_leaveOneOut))
        {
            GalleryOnly = parsed.GetValue(_galleryOnly), Compressed = parsed.GetValue(_compressed),
        };
        DirectoryInfo? strangersFolder = parsed.GetValue(_strangers);
        if (settings.EnrolmentPhotos < 1)
            throw new UserErrorException($"--enroll is {settings.EnrolmentPhotos}; expected 1 or more photos.", ExitCode.WrongUsage);
        if (settings.Compressed && settings.Camera is null && settings.EnrolmentCamera is null)
            throw new UserErrorException("--compressed needs --camera: photos as they are do not travel.", ExitCode.WrongUsage);
        if (strangersFolder is null && !settings.LeaveOneOut)
            throw new UserErrorException(
                "Give --strangers DIR, or --leave-one-out: without strangers nobody can say how often one is taken for family.",
                    ExitCode.WrongUsage);

        IReadOnlyList<PersonPhotos> people = PeopleFolder.Read(parsed.GetValue(_people)!.FullName, looseArePeople: false, Screen.Remark);
        IReadOnlyList<PersonPhotos> strangers = strangersFolder is null
            ? []
            : PeopleFolder.Read(strangersFolder.FullName, looseArePeople: true, Screen.Remark);
        IReadOnlyList<PersonPhotos>? enrolment = parsed.GetValue(_enrollPeople) is { } folder
            ? PeopleFolder.Read(folder.FullName, looseArePeople: false, Screen.Remark)
            : null;
        if (enrolment is not null && people.FirstOrDefault(person => enrolment.All(other => other.Name != person.Name)) is { } absent)
            throw new UserErrorException($"{absent.Name} is in --people and not in --enroll-people; both folders need the same people.");
        if (enrolment is null && people.Where(person => person.Photos.Count <= settings.EnrolmentPhotos).ToArray() is { Length: > 0 } few)
            throw new UserErrorException(
                $"{few[0].Name} has {few[0].Photos.Count} photos; with --enroll {settings.EnrolmentPhotos} there must be more, so that one "
                + $"is left to ask about.");

        using FaceEngine engine = new FaceModels().LoadEngine(parsed.GetValue(_model)?.FullName);
        var evaluation = new IdentificationEvaluation(engine, settings);
        IdentificationResult result =
            Screen.WithProgress("looking at photos",
                IdentificationEvaluation.CountPhotos([.. people, .. Enrolled(enrolment, settings)], strangers), onPhoto =>
                evaluation.Run(people, strangers, onPhoto, stop, enrolment));
        if (parsed.GetValue(_json)) Screen.WriteJson(result);
        else Report(result);
        return (int)ExitCode.Done;
    }

    private static IEnumerable<PersonPhotos> Enrolled(IReadOnlyList<PersonPhotos>? enrolment, IdentificationSettings settings) =>
        enrolment?.Select(person => person with { Photos = [.. person.Photos.Take(settings.EnrolmentPhotos)] }) ?? [];

    private static void Report(IdentificationResult result)
    {
        string With(string name, double rate) => result.Ci95.TryGetValue(name, out double[]? ci)
            ? string.Create(CultureInfo.InvariantCulture, $"{rate:0.0 %} (95 %: {ci[0]:0.0 %} to {ci[1]:0.0 %})")
            : string.Create(CultureInfo.InvariantCulture, $"{rate:0.0 %}");
        Console.Out.WriteLine(
            $"{result.People} people, {result.Probes} photos of them asked about, {result.StrangerPhotos} photos of strangers.");
        Console.Out.WriteLine($"Most similar person is the right one:         {With("closed_set_accuracy", result.ClosedSetAccuracy)}");
        Console.Out.WriteLine($"Right name said:                         {With("tpir", result.Tpir)}");
        Console.Out.WriteLine($"Wrong name said:                         {With("wrong_name_rate", result.WrongNameRate)}");
        Console.Out.WriteLine(
            $"Strangers given a name:                  {With("fpir", result.Fpir)}; the worst one {With("", result.WorstStrangerFpir)}");
        Console.Out.WriteLine(
            $"Right name with 1 % of strangers named:  {With("tpir_at_fpir_1pct", result.TpirAtFpir1Pct)}; with one threshold for all "
            + $"{With("", result.TpirAtFpir1PctOneThreshold)}");
        Console.Out.WriteLine($"No face found:                           {With("no_face_rate", result.NoFaceRate)}");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"A name is said from a cosine of {result.Threshold:0.00} (median); {result.MsPerPhoto:0.0} ms a photo."));
        if (result.Errors.Count > 0)
            Console.Out.WriteLine($"Photos without the answer hoped for: {result.Errors.Count}; --json lists them.");
    }
}
