using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Measuring;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>
/// ./doorbell evaluate detection: how many faces are found at which angle, how many boxes are wrong, and how long it takes.
/// </summary>
internal static class EvaluateDetectionCommand
{
    /// <summary>Probabilities at which --curve scores, the least first.</summary>
    private static readonly float[] Curve = [0.5f, 0.9f, 0.97f, 0.99f, 0.995f, 0.997f, 0.998f, 0.999f, 0.9995f];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var faces = new Option<DirectoryInfo>("--faces")
        {
            Description = "Folder with photos of upright faces, also in its folders. The largest face of each must be found.",
            HelpName = "DIR", Required = true,
        };
        var nonFaces = new Option<DirectoryInfo?>("--nonfaces")
        {
            Description = "Folder with photos without any face; without it, boxes where nobody is are not counted.", HelpName = "DIR",
        };
        var reference = new Option<FileInfo?>("--reference")
        {
            Description = "CSV file that says where the faces are (file,x,y,width,height); without it, YuNet says so.", HelpName = "FILE",
        };
        var candidates = new Option<bool>("--candidates")
        {
            Description =
                "Score every candidate of the haar detector, before anything decides on them: what a perfect decision would reach.",
        };
        var unverified = new Option<bool>("--without-verifier")
        {
            Description = "Let the cascade alone decide, without the landmark network.",
        };
        var every = new Option<int>("--every")
        {
            Description = "Only every Nth photo of each folder.", HelpName = "N", DefaultValueFactory = _ => 1,
        };
        var curve = new Option<bool>("--curve")
        {
            Description = "Also what the haar detector would do, were its network believed sooner or later.",
        };
        var sheet = new Option<FileInfo?>("--sheet")
        {
            Description = "Writes a picture of 24 of the frames beside each other: what the detector was shown.", HelpName = "FILE.png",
        };
        var scene = new SceneOptions();
        var detector = new DetectorOptions();
        var json = CommonOptions.Json();
        var command =
            new Command("detection",
                "Measure a detector: faces found at each angle, wrong boxes, time on one thread.") { faces, nonFaces, reference,
                candidates, unverified, every, curve, sheet, json };
        scene.AddTo(command);
        detector.AddTo(command);
        command.SetAction((parsed, stop) => Task.Run(() => Run(
            new Settings(
                parsed.GetValue(faces)!.FullName, parsed.GetValue(nonFaces)?.FullName, scene.Read(parsed),
                parsed.GetValue(reference)?.FullName, detector.Read(parsed),
                Judged(parsed.GetValue(candidates), parsed.GetValue(unverified)),
                parsed.GetValue(every), parsed.GetValue(curve), parsed.GetValue(sheet)?.FullName, parsed.GetValue(json)), stop), stop));
        return command;
    }

    private static int Run(Settings settings, CancellationToken stop)
    {
        if (settings.Every < 1) throw new UserErrorException($"--every is {settings.Every}; expected 1 or more.", ExitCode.WrongUsage);
        string[] faces = EveryNth(settings.Faces, settings.Every),
            nonFaces = settings.NonFaces is { } folder ? EveryNth(folder, settings.Every) : [];
        using ReferenceFaces reference = settings.Reference is { } csv
            ? ReferenceFaces.FromCsv(csv)
            : ReferenceFaces.FromYuNet(settings.Detector.Kind == DetectorKind.YuNet && settings.Detector.ModelPath is { } given
                ? given
                : DetectorChoice.FindYuNet());
        using OnnxFaceVerifier? verifier = settings.LooksWithVerifier
            && ShippedModels.FindOrNull(ShippedModels.FaceLandmarksName) is { } model ? OnnxFaceVerifier.Load(model, threads: 1) : null;
        using LoadedFaceFinder loaded =
            settings.Detector.Load(verifier, settings.Curve ? new FaceFinderOptions { MinProbability = Curve[0] } : null);
        IFaceFinder finder = settings.Decides == Decision.None
            ? new CandidateFinder(LoadedFaceFinder.LoadHaarSweep(HaarSweepOptions.BeforeVerifier))
            : loaded;
        OpenCvThreads.UseOne();
        var evaluation = new DetectionEvaluation(finder, settings.Scene with { Confidences = settings.Curve ? Curve : [] });
        var sheet = new ContactSheet(faces.Length);
        evaluation.WarmUp();
        Screen.WithProgress("looking for faces", faces.Length + nonFaces.Length, step =>
        {
            evaluation.AddFaces(settings.Faces, faces, reference, step, stop, sheet);
            evaluation.AddNonFaces(settings.NonFaces ?? "", nonFaces, step, stop);
            return true;
        });
        if (evaluation.Score.Frames == 0)
            throw new UserErrorException(
                $"None of the {faces.Length} photos in '{settings.Faces}' could be used; the first: {evaluation.Skipped[0]}");
        if (settings.Sheet is { } file && sheet.ToPicture() is { } picture) PictureFile.Write(file, picture);
        string name = settings.Detector.Kind.ToString().ToLowerInvariant()
            + (settings.Decides == Decision.None ? " (candidates)" : verifier is null ? "" : " with the landmark network");
        if (settings.Json) WriteJson(settings, name, evaluation);
        else WriteText(settings, name, evaluation);
        return (int)ExitCode.Done;
    }

    private static void WriteJson(Settings settings, string detector, DetectionEvaluation evaluation)
    {
        DetectionScore score = evaluation.Score;
        Screen.WriteJson(new
        {
            detector,
            size = SizeOf(settings.Scene),
            wear = WearOption.WordsFor(settings.Scene.Worn),
            people = settings.Scene.People,
            light = LightOf(settings.Scene),
            seed = settings.Scene.Seed,
            frames = score.Frames,
            faces = score.Faces,
            faceless_frames = score.FacelessFrames,
            recall_all = score.Recall.Value,
            recall_by_angle = score.RecallByAngle.ToDictionary(angle => Degrees(angle.Key), angle => angle.Value.Value),
            wrong_boxes_per_frame = score.WrongBoxes.Value,
            false_boxes_per_faceless_frame = IfSeen(score, score.FalseBoxes.Value),
            median_ms = score.MedianMilliseconds,
            median_ms_upright = score.MedianUprightMilliseconds,
            median_ms_faceless = score.MedianFacelessMilliseconds,
            ci95 = new
            {
                recall_all = Ends(score.Recall), wrong_boxes_per_frame = Ends(score.WrongBoxes),
                false_boxes_per_faceless_frame = score.FacelessFrames == 0 ? null : Ends(score.FalseBoxes),
            },
            curve = evaluation.Curve.Select(point => new
            {
                probability = point.Confidence,
                recall_all = point.Score.Recall.Value,
                wrong_boxes_per_frame = point.Score.WrongBoxes.Value,
                false_boxes_per_faceless_frame = IfSeen(point.Score, point.Score.FalseBoxes.Value),
            }),
            skipped = evaluation.Skipped,
        });
    }

    private static void WriteText(Settings settings, string detector, DetectionEvaluation evaluation)
    {
        DetectionScore score = evaluation.Score;
        string worn = string.Join(", ", WearOption.WordsFor(settings.Scene.Worn));
        Line($"Detector {detector}, frames of {SizeOf(settings.Scene)}: {score.Frames} with {score.Faces} faces, {score.FacelessFrames} "
            + $"without; light: {LightOf(settings.Scene)}{(worn.Length == 0 ? "" : $"; worn: {worn}")}.");
        Line($"Faces found: {score.Recall.Value:P1} (95 % interval {score.Recall.Low:P1} to {score.Recall.High:P1}).");
        foreach ((int angle, Rate recall) in score.RecallByAngle) Line($"  turned by {angle} degrees: {recall.Value:P1}");
        Line($"Wrong boxes per frame with a face: {score.WrongBoxes.Value:0.0000} ({score.WrongBoxes.Low:0.0000} to "
            + $"{score.WrongBoxes.High:0.0000}).");
        if (score.FacelessFrames > 0)
            Line($"Boxes per frame without a face: {score.FalseBoxes.Value:0.0000} ({score.FalseBoxes.Low:0.0000} to "
            + $"{score.FalseBoxes.High:0.0000}).");
        string noFace = score.FacelessFrames > 0 ? $", no face {score.MedianFacelessMilliseconds:0.0} ms" : "";
        Line($"Median time of a frame, one thread: {score.MedianMilliseconds:0.0} ms; upright faces "
            + $"{score.MedianUprightMilliseconds:0.0} ms{noFace}.");
        foreach ((float confidence, DetectionScore at) in evaluation.Curve)
            Line($"  from probability {confidence:0.####} on: {at.Recall.Value:P1} found, {at.WrongBoxes.Value:0.0000} wrong boxes, "
                + $"{at.FalseBoxes.Value:0.0000} without a face");
        if (evaluation.Skipped.Count > 0) Line($"{evaluation.Skipped.Count} photos were not used; the first: {evaluation.Skipped[0]}");
    }

    /// <summary>The program's culture is the invariant one, so numbers are written with points.</summary>
    private static void Line(string text) => Console.Out.WriteLine(text);

    private static string Degrees(int angle) => angle.ToString(CultureInfo.InvariantCulture);

    private static double[] Ends(Rate rate) => [rate.Low, rate.High];

    private static double? IfSeen(DetectionScore score, double falseBoxes) => score.FacelessFrames == 0 ? null : falseBoxes;

    private static string SizeOf(DetectionSettings scene) => new FrameSize(scene.Width, scene.Height).ToString();

    private static string LightOf(DetectionSettings scene) => scene.Light?.ToString().ToLowerInvariant() ?? "photo";

    private static string[] EveryNth(string folder, int every) => [.. PhotoList.Read(folder, null).Where((_, index) => index % every == 0)];

    private static Decision Judged(bool candidates, bool unverified) =>
        candidates ? Decision.None : unverified ? Decision.Cascade : Decision.Verifier;

    /// <summary>What decides on the Haar sweep's candidates.</summary>
    private enum Decision
    {
        None,
        Cascade,
        Verifier,
    }

    private sealed record Settings(string Faces, string? NonFaces, DetectionSettings Scene, string? Reference, DetectorChoice Detector,
        Decision Decides, int Every, bool WantsCurve, string? Sheet, bool Json)
    {
        /// <summary>Whether the haar detector is scored at several probabilities; the others know none.</summary>
        public bool Curve => WantsCurve && LooksWithVerifier;

        public bool LooksWithVerifier => Decides == Decision.Verifier && Detector.Kind == DetectorKind.Haar;
    }
}
