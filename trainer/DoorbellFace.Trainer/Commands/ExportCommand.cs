using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Export;
using DoorbellFace.Trainer.Graphs;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Commands;

/// <summary>./doorbell export CHECKPOINT: writes a trained network as a model.</summary>
internal static class ExportCommand
{
    private static readonly string[] Precisions = ["fp32", "fp16", "int8"];

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var checkpoint = new Argument<string>("CHECKPOINT") { Description = "best.checkpoint of a training that has ended." };
        var directory = new Option<string>("--out")
        {
            Description = "Folder for the model; a model that is there is replaced.", HelpName = "DIR", Required = true,
        };
        var precision = new Option<string>("--precision")
        {
            Description = "fp32: as trained. fp16: half the size. int8: a quarter, and about three times as fast.",
            DefaultValueFactory = _ => Precisions[0],
        };
        precision.AcceptOnlyFromAmong(Precisions);
        var faces = new Option<string?>("--faces")
        {
            Description =
                "The faces that it was trained with: measures on its test pictures what the precision costs, and writes that into the "
                + "manifest.",
            HelpName = "DIR",
        };
        var strangers = new Option<string?>("--strangers")
        {
            Description = "With --faces: the strangers that it was trained with, if there were any.", HelpName = "DIR",
        };
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command =
            new Command("export",
                "Write a trained network as a model for the doorbell: model.onnx and model.json.") { checkpoint, directory, precision,
                faces, strangers, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(checkpoint)!,
            parsed.GetValue(directory)!,
            Enum.Parse<Precision>(parsed.GetValue(precision)!, ignoreCase: true),
            parsed.GetValue(faces),
            parsed.GetValue(strangers),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string checkpoint, string directory, Precision precision, string? faces, string? strangers, bool json)
    {
        ModelManifest manifest = ModelExport.Write(checkpoint, precision, directory);
        // What was written is loaded as the host will load it; an export that the host would refuse is noticed here and not at the door.
        using (OnnxModel.Load(directory, manifest.Task, threads: 1))
        {
        }
        IReadOnlyDictionary<string, double>? measured = null;
        if (faces is not null || manifest.Task == ModelTask.Embedding)
        {
            // A backbone needs its strangers in every precision: embeddings of another file say nothing beside its own.
            TrainingState state = TrainingState.Read(checkpoint);
            FaceDataset? dataset = faces is null ? null : Read(faces, strangers, state);
            if (dataset is not null)
            {
                measured = PrecisionMeasurement.Measure(directory, state, dataset);
                manifest = ModelExport.Write(checkpoint, precision, directory, measured);
            }
            if (manifest.Task == ModelTask.Embedding && (dataset is null || !StrangerBankExport.Write(directory, dataset, state.Settings)))
                Screen.Remark(
                    "Thresholds need strangers: give --faces and --strangers as to ./doorbell train, so that they are put beside "
                    + "the model.");
        }
        long bytes = new FileInfo(Path.Combine(directory, ModelDirectory.ModelFile)).Length;
        if (json)
            Screen.WriteJson(
                new { model = Path.GetFullPath(directory), precision, bytes, manifest.ModelSha256, labels = manifest.Labels, measured });
        else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{manifest.Labels.Count} labels, {precision.ToString().ToLowerInvariant()}, {bytes / 1e6:0.0} MB: "
            + $"{Path.GetFullPath(directory)}"));
        if (measured is not null && !json)
        {
            double own = measured[PrecisionMeasurement.OwnAccuracy], before = measured[PrecisionMeasurement.Fp32Accuracy];
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Of the test pictures {own:0.0 %} are right, and before the weights were rounded {before:0.0 %}: "
                + $"{100 * (before - own):0.0} points lost."));
        }
        return (int)ExitCode.Done;
    }

    private static FaceDataset Read(string faces, string? strangers, TrainingState state)
    {
        using CropAligner? aligner = state.Preprocessor.Alignment is null ? null : CropAligner.Load();
        return FaceDatasetReader.Read(faces, strangers, gray: state.Preprocessor.ChannelOrder == "GRAY", state.Settings.Seed,
            aligner: aligner);
    }
}
