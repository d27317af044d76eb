using System.CommandLine;
using System.Globalization;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Export;
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
        var directory = new Option<string>("--out") { Description = "Folder for the model; a model that is there is replaced.", HelpName = "DIR", Required = true };
        var precision = new Option<string>("--precision") { Description = "fp32: as trained. fp16: half the size. int8: a quarter, and about three times as fast.", DefaultValueFactory = _ => Precisions[0] };
        precision.AcceptOnlyFromAmong(Precisions);
        var json = new Option<bool>("--json") { Description = "Write the result as JSON, for programs." };
        var command = new Command("export", "Write a trained network as a model for the doorbell: model.onnx and model.json.") { checkpoint, directory, precision, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(checkpoint)!,
            parsed.GetValue(directory)!,
            Enum.Parse<Precision>(parsed.GetValue(precision)!, ignoreCase: true),
            parsed.GetValue(json)));
        return command;
    }

    private static int Run(string checkpoint, string directory, Precision precision, bool json)
    {
        ModelManifest manifest = ModelExport.Write(checkpoint, precision, directory);
        // What was written is loaded as the host will load it; an export that the host would refuse is noticed here and not at the door.
        using (OnnxModel.Load(directory, manifest.Task, threads: 1))
        {
        }
        long bytes = new FileInfo(Path.Combine(directory, ModelDirectory.ModelFile)).Length;
        if (json) Screen.WriteJson(new { model = Path.GetFullPath(directory), precision, bytes, manifest.ModelSha256, labels = manifest.Labels });
        else Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{manifest.Labels.Count} labels, {precision.ToString().ToLowerInvariant()}, {bytes / 1e6:0.0} MB: {Path.GetFullPath(directory)}"));
        return (int)ExitCode.Done;
    }
}
