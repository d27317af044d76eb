using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Commands;

/// <summary>
/// ./doorbell measure-training: how fast a network trains on this computer, and whether the pictures come fast enough for it.
/// </summary>
internal static class MeasureTrainingCommand
{
    private const int Classes = 15, WarmUpSteps = 2;

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var network = new Option<string>("--network")
        {
            Description = "Which network.", HelpName = "NAME", DefaultValueFactory = _ => "resnet18",
        };
        var size = new Option<int>("--size")
        {
            Description = "Edge of its input in pixels.", HelpName = "PX", DefaultValueFactory = _ => 224,
        };
        var batch = new Option<int>("--batch") { Description = "Pictures in one step.", HelpName = "N", DefaultValueFactory = _ => 16 };
        var steps = new Option<int>("--steps")
        {
            Description = "Steps that are timed, after two that are not.", HelpName = "N", DefaultValueFactory = _ => 10,
        };
        var threads = new Option<int>("--threads") { Description = "Threads that torch may use; 0 for its own choice.", HelpName = "N" };
        Option<bool> mixedPrecision = MixedPrecisionOption.Create();
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command = new Command("measure-training",
            "Measure how many pictures a second a network learns from (every layer, AdamW), and how many the input pipeline delivers.")
        {
            network, size, batch, steps, threads, mixedPrecision, json,
        };
        command.SetAction(parsed =>
        {
            var settings = new TrainingSettings
            {
                Network = parsed.GetValue(network)!, Size = parsed.GetValue(size), Batch = parsed.GetValue(batch),
                MixedPrecision = parsed.GetValue(mixedPrecision),
            };
            int timed = parsed.GetValue(steps), wanted = parsed.GetValue(threads);
            string[] complaints =
                [.. settings.Complaints(), .. timed is < 1 or > 10000
                    ? [$"--steps is {timed}; expected 1 to 10000."]
                    : Array.Empty<string>(), .. wanted is < 0 or > 1024
                        ? [$"--threads is {wanted}; expected 0 to 1024."]
                        : Array.Empty<string>()];
            if (complaints.Length > 0) throw new UserErrorException(string.Join(Environment.NewLine, complaints), ExitCode.WrongUsage);
            if (wanted > 0) set_num_threads(wanted);
            (double[] seconds, double pageFaults) = MeasureSteps(settings, timed);
            double pipeline = PipelinePicturesPerSecond(settings);
            double median = settings.Batch / seconds.Order().ElementAt(seconds.Length / 2), best = settings.Batch / seconds.Min();
            if (parsed.GetValue(json))
                Screen.WriteJson(
                    new
                    {
                        settings.Network, settings.Size, settings.Batch, settings.MixedPrecision, threads = get_num_threads(),
                        steps = timed, pictures_per_second = median, best_pictures_per_second = best,
                        pipeline_pictures_per_second = pipeline, page_faults_per_step = pageFaults,
                        peak_memory_bytes = ProcessMemory.PeakBytes,
                    });
            else
                Console.Out.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{settings.Network} at {settings.Size} pixels, batch {settings.Batch}, {get_num_threads()} "
                    + $"threads{(settings.MixedPrecision ? ", mixed precision" : "")}: {median:0.0} pictures/s (median of {timed} steps; "
                    + $"fastest {best:0.0}). The pipeline, one thread, delivers {pipeline:0} pictures/s. Peak memory "
                    + $"{ProcessMemory.PeakBytes / 1e9:0.0} GB."));
            return (int)ExitCode.Done;
        });
        return command;
    }

    /// <returns>The seconds of each step, and the pages that a step asks of the system on average.</returns>
    private static (double[] Seconds, double PageFaults) MeasureSteps(TrainingSettings settings, int steps)
    {
        using var all = NewDisposeScope();
        using FaceNetwork network = NetworkKind.Named(settings.Network).Create(Classes);
        using OptimizerHelper optimizer = Optimizers.Create(settings, network.parameters());
        TorchOperations operations = TorchOperations.For(settings.MixedPrecision);
        KeptMemory.For(network);
        network.train();
        Tensor input = randn(settings.Batch, network.Channels, settings.Size, settings.Size), labels = randint(0, Classes, settings.Batch);
        var seconds = new List<double>();
        long pagesBefore = 0;
        for (int i = 0; i < WarmUpSteps + steps; i++)
        {
            if (i == WarmUpSteps) pagesBefore = ProcessMemory.PageFaults;
            using var scope = NewDisposeScope();
            long started = TimeProvider.System.GetTimestamp();
            optimizer.zero_grad();
            Tensor loss = nn.functional.cross_entropy(network.Describe(operations, input), labels);
            loss.backward();
            optimizer.step();
            loss.item<float>();
            if (i >= WarmUpSteps) seconds.Add(TimeProvider.System.GetElapsedTime(started).TotalSeconds);
        }
        return ([.. seconds], (double)(ProcessMemory.PageFaults - pagesBefore) / steps);
    }

    /// <summary>Crops of the size that prepare makes, through the usual augmentation, by one thread, as in a training.</summary>
    private static double PipelinePicturesPerSecond(TrainingSettings settings)
    {
        const int Pictures = 100;
        var chance = new SeededRandom(1);
        byte[] pixels =
            [.. Enumerable.Range(0, FaceDataset.CropEdgePixels * FaceDataset.CropEdgePixels).Select(_ => (byte)chance.Below(256))];
        var crop =
            new LabelledCrop(0, Split.Train,
                new PixelBuffer(FaceDataset.CropEdgePixels, FaceDataset.CropEdgePixels, PixelFormat.Gray8, pixels));
        var augment = AugmentationList.Parse(settings.Augment);
        var preprocessor = new Preprocessor(settings.ToPreprocessor());
        var source = new BatchSource([crop], augment.Chain(settings.Size), preprocessor, seed: 1);
        var tensor = new float[preprocessor.TensorLength];
        source.WriteAugmented(0, 0, tensor);
        long started = TimeProvider.System.GetTimestamp();
        for (int i = 0; i < Pictures; i++) source.WriteAugmented(i, 0, tensor);
        return Pictures / TimeProvider.System.GetElapsedTime(started).TotalSeconds;
    }
}
