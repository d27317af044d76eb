using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Checkpoints;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Vision;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Weights;

/// <summary>Which network a start fits, and the size of the pictures that it saw.</summary>
internal sealed record StartFit(string Network, int Size);

/// <summary>What --start means.</summary>
internal static class StartWeights
{
    /// <summary>Random start values.</summary>
    public const string Random = "random";

    /// <summary>The ImageNet weights that are published for the network.</summary>
    public const string ImageNet = "imagenet";

    /// <summary>Our own face backbone, which comes with the program.</summary>
    public const string FaceBackbone = ShippedModels.FaceBackboneName;

    private const string CheckpointEnding = ".checkpoint", ModelEnding = ".onnx";

    /// <summary>
    /// The network that a start is of; null where any may be (random, imagenet) or nothing is known but names of tensors (.pth,
    /// .safetensors).
    /// </summary>
    /// <exception cref="UserErrorException">The checkpoint cannot be used.</exception>
    /// <exception cref="InvalidModelException">The model folder cannot be used.</exception>
    public static StartFit? Fit(string start)
    {
        if (start.EndsWith(CheckpointEnding, StringComparison.Ordinal))
        {
            StartingState state = Checkpoint.ReadState<StartingState>(start);
            return new StartFit(state.Settings.Network ?? BackboneClassifier.KindName, state.Settings.Size);
        }
        string? model = ModelOf(start);
        if (model is null) return null;
        string manifestPath = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, OnnxModel.ManifestFile);
        if (!File.Exists(manifestPath))
            throw new UserErrorException(
                $"'{start}' is no model to start from: there is no {manifestPath}. Expected a folder with {OnnxModel.ModelFile} and "
                + $"{OnnxModel.ManifestFile}.");
        ModelManifest manifest = OnnxModel.ManifestOf(Path.GetDirectoryName(manifestPath)!);
        return manifest.Task == ModelTask.Embedding
            ? new StartFit(BackboneClassifier.KindName, manifest.Preprocessor.Size)
            : throw new UserErrorException(
                $"'{start}' is a {manifest.Task}; of exported models a training can start from the face backbone alone, since the others "
                + $"have lost their normalisations. Give the {Checkpoint.BestFile} that it was exported from.");
    }

    /// <summary>The file that a training starts from, or null for random values.</summary>
    /// <param name="start">"random", "imagenet", "face-backbone", a model folder, or a file.</param>
    /// <param name="network">The network's name.</param>
    /// <param name="store">Where published weights are.</param>
    /// <exception cref="UserErrorException">There are no published weights for that network, or they have not been fetched, or the start is
    /// another network's.</exception>
    public static string? FileFor(string start, string network, WeightStore store)
    {
        if (start == Random) return null;
        if (start == ImageNet) return store.Require(PublishedWeights.Of(network));
        if (Fit(start) is { } fit && fit.Network != network)
            throw new UserErrorException(
                $"--start {start} holds the weights of {fit.Network}, and --network is {network}. Leave out --network, or start from "
                + $"something else.", ExitCode.WrongUsage);
        return ModelOf(start) ?? start;
    }

    /// <summary>The model folder that a start is in; null where it is in none.</summary>
    public static string? FolderOf(string start) => ModelOf(start) is { } model ? Path.GetDirectoryName(Path.GetFullPath(model)) : null;

    /// <summary>Puts the file's weights into the network; its last layer keeps its start values, since its labels are its own.</summary>
    /// <exception cref="InvalidWeightFileException">The file is damaged, or another network's.</exception>
    public static TransferReport Take(string path, FaceNetwork network)
    {
        if (path.EndsWith(CheckpointEnding, StringComparison.Ordinal)) return TakeCheckpoint(path, network);
        using WeightFile file = WeightFile.Open(path);
        return network is BackboneClassifier classifier
            ? BackboneWeights.Into(file, classifier)
            : WeightTransfer.Into(file, network, takeLastLayer: false);
    }

    private static TransferReport TakeCheckpoint(string path, FaceNetwork network)
    {
        StartingState state = Checkpoint.ReadState<StartingState>(path);
        // Of pretrain: the backbone alone. Of train: the network with its own labels.
        if (state.Settings.Network is null) Checkpoint.ReadNetwork(path, ((BackboneClassifier)network).Backbone);
        else CopyFeatures(path, NetworkKind.Named(state.Settings.Network).Create(state.Labels.Count), network);
        string last = network.LastLayerName + ".";
        var tensors = network.state_dict().ToLookup(entry => entry.Key.StartsWith(last, StringComparison.Ordinal));
        return new TransferReport(
            [.. tensors[false].Select(entry => entry.Key)], [.. tensors[true].Select(entry => entry.Key)], [],
                tensors[false].Sum(entry => entry.Value.numel()), tensors[true].Sum(entry => entry.Value.numel()), network.LastLayerName);
    }

    private static void CopyFeatures(string path, FaceNetwork source, FaceNetwork target)
    {
        using FaceNetwork owned = source;
        using var frozen = no_grad();
        Checkpoint.ReadNetwork(path, source);
        string last = target.LastLayerName + ".";
        Dictionary<string, Tensor> theirs = source.state_dict();
        foreach ((string name, Tensor mine) in target.state_dict())
        {
            if (!name.StartsWith(last, StringComparison.Ordinal)) mine.copy_(theirs[name]);
        }
    }

    /// <summary>The file of an exported model that a start names; null where it names something else.</summary>
    public static string? ModelOf(string start)
    {
        if (start == FaceBackbone) return Path.Combine(ShippedModels.FaceBackbone, OnnxModel.ModelFile);
        if (Directory.Exists(start)) return Path.Combine(start, OnnxModel.ModelFile);
        return start.EndsWith(ModelEnding, StringComparison.OrdinalIgnoreCase) ? start : null;
    }

    /// <summary>What a checkpoint of either training says about its network.</summary>
    private sealed record StartingState(StartingSettings Settings)
    {
        public IReadOnlyList<string> Labels { get; init; } = [];
    }

    private sealed record StartingSettings(int Size)
    {
        public string? Network { get; init; }
    }
}
