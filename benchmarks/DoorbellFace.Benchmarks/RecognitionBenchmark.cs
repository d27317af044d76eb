using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Faces.Haar;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench recognition: how long each step takes from a frame to a decision, on one thread, beside the paper's algorithm and ONNX
/// Runtime's bare inference; and what ./doorbell run takes to start, in time and memory.
/// </summary>
internal static class RecognitionBenchmark
{
    private const int Frames = 12;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var photos = new Option<DirectoryInfo?>("--photos")
        {
            Description = "Photos of people who stand upright; without it, drawn people.", HelpName = "DIR",
        };
        var model = new Option<DirectoryInfo[]>("--model")
        {
            Description = "A backbone to measure, once for each; without it, the one that comes with the program.", HelpName = "DIR",
        };
        var repeat = new Option<int>("--repeat")
        {
            Description = "How often each step is done with each frame, 3 or more.", HelpName = "N", DefaultValueFactory = _ => 15,
        };
        var report = new Option<FileInfo?>("--report") { Description = "Append the figures as Markdown to this file.", HelpName = "FILE" };
        var command =
            new Command("recognition", "Times every step from a frame to a decision, on one thread.") { photos, model, repeat, report };
        command.SetAction(async (parsed, stop) =>
        {
            int repetitions = parsed.GetValue(repeat);
            if (repetitions < 3) throw new UserErrorException($"--repeat is {repetitions}; expected 3 or more.", ExitCode.WrongUsage);
            string models = Path.Combine(Path.GetDirectoryName(VisitorPhotos.Launcher())!, "models");
            string[] backbones = parsed.GetValue(model) is { Length: > 0 } given
                ? [.. given.Select(folder => folder.FullName)]
                : [Path.Combine(models, "face-backbone")];
            IReadOnlyList<PixelBuffer> frames = parsed.GetValue(photos) is { } folder
                ? BenchmarkFrames.OfPhotos(folder.FullName, Frames)
                : BenchmarkFrames.Drawn(Frames);
            var text = new StringBuilder();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"{Machine.Description}, load {Machine.Load}. {frames.Count} frames of 320x240 "
                + $"({(parsed.GetValue(photos) is { } named ? named.Name : "drawn people")}), each step {repetitions} times; one "
                + $"thread.\n");
            OpenCvThreads.UseOne();
            using OnnxFaceVerifier verifier = OnnxFaceVerifier.Load(Path.Combine(models, "face-landmarks"), threads: 1);
            using LoadedFaceFinder finder = LoadedFaceFinder.Load(verifier);
            FaceDetection[] faces = AppendSearch(text, frames, finder, repetitions);
            AppendFaces(text, frames, faces, verifier, finder, backbones, repetitions);
            await AppendProgramAsync(text, frames);
            Console.Out.Write(text);
            if (parsed.GetValue(report) is { } file) await File.AppendAllTextAsync(file.FullName, text + "\n", stop);
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <summary>Finding the faces.</summary>
    /// <returns>The largest face of each frame; one without landmarks where none was found.</returns>
    private static FaceDetection[] AppendSearch(StringBuilder text, IReadOnlyList<PixelBuffer> frames, LoadedFaceFinder finder,
        int repetitions)
    {
        IFaceProposer sweep = LoadedFaceFinder.LoadHaarSweep(HaarSweepOptions.BeforeVerifier);
        using var paper = new PaperFaceFinder(CascadeFile.Find(HaarOptions.CascadeFileName));
        PixelBuffer[] lying = [.. frames.Select(BenchmarkFrames.OnItsSide)];
        text.AppendLine("| finding faces in a frame | processor ms | wall ms |\n|---|---|---|");
        void Row<T>(string name, IReadOnlyList<T> inputs, int times, Action<T> act) =>
            text.AppendLine($"| {name} | {Timing.Of(inputs, times, act).Cells} |");
        Row("the paper's algorithm, all angles", frames, Math.Max(3, repetitions / 5), frame => paper.Detect(frame));
        Row("sweep, upright candidates", frames, repetitions, frame => _ = sweep.Propose(frame).First());
        Row("sweep, candidates at all angles", frames, repetitions, frame => _ = sweep.Propose(frame).Last());
        Row("sweep and landmark network, face upright: the search ends early", frames, repetitions, frame => finder.Detect(frame));
        Row("sweep and landmark network, face on its side: all angles", lying, repetitions, frame => finder.Detect(frame));
        text.AppendLine();
        return [.. frames.Select(frame => finder.Detect(frame) is [var largest, ..] ? largest : default)];
    }

    /// <summary>From a face to its name.</summary>
    private static void AppendFaces(
        StringBuilder text, IReadOnlyList<PixelBuffer> frames, FaceDetection[] faces, OnnxFaceVerifier verifier, LoadedFaceFinder finder,
            string[] backbones, int repetitions)
    {
        (PixelBuffer Frame, FaceDetection Face)[] found = [.. frames.Zip(faces).Where(pair => pair.Second.Landmarks is not null)];
        if (found.Length == 0)
            throw new UserErrorException("No face was found on any of the frames, so there is nothing more to measure.", ExitCode.Failed);
        Timing look = Timing.Of(found, repetitions, pair => verifier.Verify(pair.Frame, [pair.Face]));
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{found.Length} of the {frames.Count} faces were found. Landmarks (three looks at one candidate): {look.Processor:0.0} ms "
            + $"processor time, {look.Wall:0.0} ms by the clock.\n");
        text.AppendLine(
            "| backbone | MB | network alone, ONNX Runtime | align and embed | landmarks, align and embed | frame to decision, face "
            + "upright |\n|---|---|---|---|---|---|");
        foreach (string folder in backbones)
        {
            using OnnxModel bare = OnnxModel.Load(folder, ModelTask.Embedding, threads: 1);
            using OnnxFaceEmbedder embedder = OnnxFaceEmbedder.Load(folder, threads: 1);
            var tensor = new float[new Preprocessor(embedder.Manifest.Preprocessor).TensorLength];
            Timing network = Timing.Of(found, repetitions, _ => bare.Run(tensor, bare.Manifest.OutputName));
            Timing embed = Timing.Of(found, repetitions, pair => embedder.Embed(pair.Frame, pair.Face.Landmarks!.Value));
            var policy = new GalleryPolicy(Household(found, embedder));
            var recognizer = new FaceRecognizer(finder, new EmbeddingReader(verifier, embedder));
            Timing whole =
                Timing.Of(found, repetitions, pair =>
                    policy.Decide([.. recognizer.Recognize(pair.Frame).Take(1).Select(face => face.Vote)]));
            double megabytes = new FileInfo(Path.Combine(folder, OnnxModel.ModelFile)).Length / 1e6;
            text.AppendLine(CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))} | {megabytes:0.0} | {Cell(network)} | {Cell(embed)} "
                + $"| {look.Processor + embed.Processor:0.0} ({look.Wall + embed.Wall:0.0}) | {Cell(whole)} |");
        }
        text.AppendLine("\nMilliseconds of processor time; by the clock in brackets.\n");
    }

    private static string Cell(Timing timing) => FormattableString.Invariant($"{timing.Processor:0.0} ({timing.Wall:0.0})");

    /// <summary>Every face a person of its own, so that there is somebody to compare with.</summary>
    private static Household Household((PixelBuffer Frame, FaceDetection Face)[] found, OnnxFaceEmbedder embedder)
    {
        string model = embedder.Manifest.ModelSha256;
        EnrolledPerson[] people =
        [
            .. found.Select((pair, i) => new EnrolledPerson(
                new PersonId(Guid.CreateVersion7()), FormattableString.Invariant($"Person {i + 1}"),
                [new FaceSample(new SampleId(Guid.CreateVersion7()), embedder.Embed(pair.Frame, pair.Face.Landmarks!.Value), 1,
                    SampleSource.Photo)], [])),
        ];
        return new Household(new Gallery(model, people), StrangerBank.Of(model, []), embedder.Manifest);
    }

    /// <summary>The program itself: from its start until it listens, and its memory after the first visitors.</summary>
    private static async Task AppendProgramAsync(StringBuilder text, IReadOnlyList<PixelBuffer> frames)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("doorbell-bench-");
        try
        {
            DirectoryInfo visitors = folder.CreateSubdirectory("visitors");
            for (int i = 0; i < 3; i++) PictureFile.Write(Path.Combine(visitors.FullName, $"{i}.png"), frames[i % frames.Count]);
            using ChildProgram simulate =
                ChildProgram.Start(VisitorPhotos.Launcher(), "simulate", "--photos", visitors.FullName, "--once", "--json", "--ring-every",
                    "11");
            string port = (await simulate.WaitForAsync("ready"))["port"]!.GetValue<string>();
            long started = Stopwatch.GetTimestamp();
            using ChildProgram run = ChildProgram.Start(
                VisitorPhotos.Launcher(), "run", "--port", port, "--sound", "wav", "--wav", Path.Combine(folder.FullName, "door.wav"),
                    "--json", "--data", Path.Combine(folder.FullName, "data"));
            await run.WaitForAsync("link_up");
            double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await simulate.WaitForAsync("end");
            double mebibytes = run.PeakMemoryMebibytes;
            await run.StopAsync();
            text.AppendLine(CultureInfo.InvariantCulture,
                $"`./doorbell run` with the shipped backbone, from its start until it has loaded everything and hears the doorbell: "
                + $"{seconds:0.0} s by the clock. Peak memory after three visitors: {mebibytes:0} MiB.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
