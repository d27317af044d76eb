using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell measure-landmarks: the figures of docs/results/landmarks.md, as Markdown.</summary>
internal static class MeasureLandmarksCommand
{
    private const int StepDegrees = 15;

    private static readonly double[] SpreadParts = [0.05, 0.5, 0.95];

    private static readonly int?[] Views = [null, 80, 56];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var data = new Option<string>("--data") { Description = "Folder with the measuring photos.", HelpName = "DIR", Required = true };
        var teacher = new Option<string>("--teacher")
        {
            Description = "Folder with the teacher's networks.", HelpName = "DIR", Required = true,
        };
        var model = new Option<string>("--model") { Description = "Model folder to measure.", HelpName = "DIR", Required = true };
        var count = new Option<int>("--count")
        {
            Description = "People of strangers1000.txt to measure with.", HelpName = "N", DefaultValueFactory = _ => 1000,
        };
        var command =
            new Command("measure-landmarks",
                "Measure the network that finds landmarks and tells faces from false alarms, on photos that nobody learnt from.") { data,
                teacher, model, count };
        command.SetAction(parsed =>
            Run(parsed.GetValue(data)!, parsed.GetValue(teacher)!, parsed.GetValue(model)!, parsed.GetValue(count)));
        return command;
    }

    private static int Run(string data, string teacherFolder, string model, int count)
    {
        if (count < 10) throw new UserErrorException($"--count is {count}; expected 10 or more.", ExitCode.WrongUsage);
        using OnnxFaceVerifier once = OnnxFaceVerifier.Load(model, threads: 1, looks: 1),
            asUsual = OnnxFaceVerifier.Load(model, threads: 1);
        using var teacher = new Teacher(teacherFolder);
        Screen.Remark("Asking the teacher where the faces are ...");
        IReadOnlyList<MeasuredFace> strangers = MeasuredFace.OfList(data, "strangers1000.txt", count, teacher);
        float threshold = once.Manifest.Thresholds.Accept;

        Boxes(LandmarkMeasurement.CascadeBoxes(strangers));
        Line("## Landmarks", "", "| faces | boxes | n | one look: mean / median / 95 % | kept | three looks: mean / median / 95 % |",
            "|---|---|---|---|---|---|");
        foreach (int? view in Views)
        {
            foreach (bool rough in (bool[])[false, true])
            {
                LandmarkAccuracy first = LandmarkMeasurement.Accuracy(strangers, view, rough, once, threshold),
                    second = LandmarkMeasurement.Accuracy(strangers, view, rough, asUsual, threshold);
                Line($"| {NameOf(view)} | {(rough ? "rough" : "the cascade's")} | {first.Faces} | {Errors(first)} | {Percent(first.Kept)} "
                    + $"| {Errors(second)} |");
            }
        }
        Candidates(data, once, teacher, threshold);
        Line("", "## Time", "", "| candidates | one look, ms | three looks, ms |", "|---|---|---|");
        foreach (int candidates in (int[])[1, 8])
            Line($"| {candidates} | {Number(LandmarkMeasurement.Milliseconds(strangers[0], candidates, once), "0.00")} | "
                + $"{Number(LandmarkMeasurement.Milliseconds(strangers[0], candidates, asUsual), "0.00")} |");
        Quality(strangers);
        return (int)ExitCode.Done;
    }

    private static void Boxes(IReadOnlyList<(float X, float Y, float Edge)> boxes) => Line(
        "## The cascade's box", "", $"On {boxes.Count} upright faces, in parts of the aligned face's edge:", "",
            "| | 5 % / median / 95 % |", "|---|---|",
        $"| centre, x | {Spread(boxes.Select(box => box.X), "0.000")} |",
        $"| centre, y | {Spread(boxes.Select(box => box.Y), "0.000")} |",
        $"| edge | {Spread(boxes.Select(box => box.Edge), "0.000")} |", "");

    private static void Candidates(string data, OnnxFaceVerifier verifier, Teacher teacher, float threshold)
    {
        Line(
            "", "## Faces and false alarms", "", $"What the cascade takes for a face at every {StepDegrees}th degree, at 320 pixels:", "",
            "| photos | n | true hits kept | faces kept | false hits kept | neither |", "|---|---|---|---|---|---|");
        string caltech = Path.Combine(data, "caltech-faces");
        if (Directory.Exists(caltech))
        {
            IReadOnlyList<MeasuredFace> faces = MeasuredFace.InFolder(caltech, longSide: 320, teacher);
            CandidateCounts counts = LandmarkMeasurement.OnFaces(faces, StepDegrees, verifier, threshold);
            Line($"| caltech-faces | {faces.Count} | {Part(counts.TrueKept, counts.True)} | {Part(counts.FacesKept, counts.FacesHit)} | "
                + $"{Part(counts.FalseKept, counts.False)} | {counts.Between} |");
        }
        IReadOnlyList<PixelBuffer> nonfaces = Nonfaces.Read(data, forTraining: false);
        CandidateCounts alarms = LandmarkMeasurement.OnNonfaces(nonfaces, StepDegrees, verifier, threshold);
        Line($"| nonfaces, the half not learnt from | {nonfaces.Count} | - | - | {Part(alarms.FalseKept, alarms.False)} | - |");
    }

    /// <summary>What the measures of quality say about faces of which it is known what was done to them.</summary>
    private static void Quality(IReadOnlyList<MeasuredFace> faces)
    {
        Line("", "## Quality", "", "5 % / median / 95 %, by the teacher's landmarks:", "",
            "| faces | further blur, px | sharpness | eye distance, px | contrast | yaw | pitch | weight |",
            "|---|---|---|---|---|---|---|---|");
        foreach (int? view in Views)
        {
            foreach (double blur in view is null ? (double[])[0] : [0, 1, 2, 3])
            {
                FaceQuality[] measured =
                [
                    .. faces.Select((face, i) =>
                        DoorbellView.Of(face.Gray, face.Landmarks, face.BoxEdge, view, new SeededRandom(2, i), blur))
                            .Select(seen => FaceQuality.Of(seen.Frame, seen.Landmarks)),
                ];
                Line(
                    $"| {NameOf(view)} | {Number(blur, "0")} | {Spread(measured.Select(quality => quality.Sharpness), "0.000")} | "
                    + $"{Spread(measured.Select(quality => quality.EyeDistancePixels), "0")} "
                    + $"| {Spread(measured.Select(quality => quality.Contrast), "0")} | "
                    + $"{Spread(measured.Select(quality => quality.Pose.Yaw), "0.00")} | "
                    + $"{Spread(measured.Select(quality => quality.Pose.Pitch), "0.00")} "
                    + $"| {Spread(measured.Select(FaceQualityLimits.Recognition.Weight), "0.00")} |");
            }
        }
    }

    private static string NameOf(int? view) => view is { } pixels ? $"{pixels} px" : "as photographed";

    private static string Errors(LandmarkAccuracy accuracy) =>
        $"{Percent(accuracy.Mean)} / {Percent(accuracy.Median)} / {Percent(accuracy.Worst5Percent)}";

    private static string Percent(double part) => Number(100 * part, "0.0") + " %";

    private static string Part(int some, int all) => all == 0 ? "-" : $"{some} of {all} ({Percent((double)some / all)})";

    private static string Spread(IEnumerable<float> values, string format)
    {
        float[] sorted = [.. values.Order()];
        return string.Join(" / ", SpreadParts.Select(part => Number(sorted[(int)(part * (sorted.Length - 1))], format)));
    }

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static void Line(params string[] lines)
    {
        foreach (string line in lines) Console.Out.WriteLine(line);
    }
}
