using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Models;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace DoorbellFace.Vision;

/// <summary>
/// A model folder in ONNX Runtime. It is loaded only if the network and its manifest agree in everything that both of them say.
/// <see cref="Run"/> may be called from several threads at once.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    /// <summary>The network's file name in a model folder.</summary>
    public const string ModelFile = "model.onnx";

    /// <summary>The manifest's file name in a model folder.</summary>
    public const string ManifestFile = "model.json";

    private const string WhatToDo = "Train or export the model again, or put both files of one model into the folder.";

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly string[] _inputNames;
    private readonly int _tensorLength;

    private OnnxModel(InferenceSession session, ModelManifest manifest)
    {
        _session = session;
        Manifest = manifest;
        _inputNames = [manifest.InputName];
        _tensorLength = manifest.Preprocessor.Channels * manifest.Preprocessor.Size * manifest.Preprocessor.Size;
    }

    /// <summary>The model's contract: what it does, labels, preprocessing, thresholds.</summary>
    public ModelManifest Manifest { get; }

    /// <summary>Loads a model folder.</summary>
    /// <param name="modelDirectory">The folder with <see cref="ModelFile"/> and <see cref="ManifestFile"/>.</param>
    /// <param name="task">What is wanted of it, one of <see cref="ModelTask"/>.</param>
    /// <param name="threads">Threads that one call may use, 1 or more.</param>
    /// <exception cref="InvalidModelException">A file is missing, cannot be read or is damaged, or the two disagree; the message names both
    /// sides.</exception>
    public static OnnxModel Load(string modelDirectory, string task, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        ModelManifest manifest = ManifestOf(modelDirectory);
        if (manifest.Task != task) throw Refusal(modelDirectory, $"a {task} was wanted, and this is a {manifest.Task}");
        byte[] model = Read(modelDirectory, ModelFile, File.ReadAllBytes);

        // Before the native parser sees it: a file with the right hash is the one the trainer wrote.
        string hash = Convert.ToHexStringLower(SHA256.HashData(model));
        if (!hash.Equals(manifest.ModelSha256, StringComparison.OrdinalIgnoreCase))
            throw Refusal(modelDirectory,
                $"the manifest says the file's SHA-256 is {manifest.ModelSha256}, and the file's is {hash}: it is damaged, cut short, or "
                + $"another model's");

        InferenceSession session = Open(modelDirectory, model, threads);
        try
        {
            string? complaint = ManifestMetadata.FirstDisagreement(manifest, session.ModelMetadata.CustomMetadataMap)
                ?? InputComplaint(manifest, session)
                ?? OutputComplaint(session, "output_name", manifest.OutputName, ColumnsOf(manifest))
                ?? (manifest.FaceName is { } face ? OutputComplaint(session, "face_name", face, columns: 1) : null)
                ?? (manifest.LogitsName is { } logits ? OutputComplaint(session, "logits_name", logits, manifest.Id2Label.Count) : null)
                ?? (manifest.EmbeddingName is { } embedding ? OutputComplaint(session, "embedding_name", embedding, columns: null) : null);
            if (complaint is not null) throw Refusal(modelDirectory, complaint);
        }
        catch
        {
            session.Dispose();
            throw;
        }
        return new OnnxModel(session, manifest);
    }

    /// <summary>What the model in a folder does, one of <see cref="ModelTask"/>, by its manifest alone.</summary>
    /// <exception cref="InvalidModelException">There is no manifest, or it makes no sense.</exception>
    public static string TaskOf(string modelDirectory) => ManifestOf(modelDirectory).Task;

    /// <summary>A folder's manifest alone.</summary>
    /// <exception cref="InvalidModelException">There is no manifest, or it makes no sense.</exception>
    public static ModelManifest ManifestOf(string modelDirectory) =>
        ModelManifest.Parse(Read(modelDirectory, ManifestFile, File.ReadAllText));

    /// <summary>One pass through the network.</summary>
    /// <param name="tensor">N times what <see cref="Preprocessor.ToTensor"/> gives, one after the other.</param>
    /// <param name="outputs">Names of the outputs that are wanted.</param>
    /// <returns>For each of those, its numbers: N rows, one after the other.</returns>
    public float[][] Run(ReadOnlyMemory<float> tensor, params string[] outputs)
    {
        if (tensor.Length == 0 || tensor.Length % _tensorLength != 0)
            throw new ArgumentException($"The tensor holds {tensor.Length} numbers; the model takes {_tensorLength} for each face.",
                nameof(tensor));
        PreprocessorSettings settings = Manifest.Preprocessor;
        long[] shape = [tensor.Length / _tensorLength, settings.Channels, settings.Size, settings.Size];
        // The runtime only reads its inputs; its signature does not say so.
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, MemoryMarshal.AsMemory(tensor), shape);
        using var results = _session.Run(_runOptions, _inputNames, [input], outputs);
        return [.. results.Select(result => result.GetTensorDataAsSpan<float>().ToArray())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static T Read<T>(string directory, string file, Func<string, T> read)
    {
        string path = Path.Combine(directory, file);
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InvalidModelException($"There is no {path}; a model is a folder with {ModelFile} and {ManifestFile}. {WhatToDo}",
                error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidModelException($"{path} cannot be read: {error.Message}", error);
        }
    }

    private static InferenceSession Open(string directory, byte[] model, int threads)
    {
        RuntimeTelemetry.TurnOff();
        // Sequential and without spinning: one small network at a time, on a machine that also has a camera to listen to.
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new InvalidModelException(
                $"{Path.Combine(directory, ModelFile)} is not a network that ONNX Runtime can load: {error.Message} {WhatToDo}", error);
        }
    }

    private static string? InputComplaint(ModelManifest manifest, InferenceSession session)
    {
        string found = Listing(session.InputMetadata);
        if (session.InputMetadata.Count != 1 || !session.InputMetadata.TryGetValue(manifest.InputName, out NodeMetadata? input))
            return $"the manifest says input_name is {manifest.InputName}, and the model file's inputs are {found}";
        PreprocessorSettings settings = manifest.Preprocessor;
        bool fits = input.ElementDataType == TensorElementType.Float
            && input.Dimensions is [_, var channels, var height, var width]
            && channels == settings.Channels && Fits(height, settings.Size) && Fits(width, settings.Size);
        return fits
            ? null
            : $"the manifest says the input is Float N x {settings.Channels} x {settings.Size} x {settings.Size}, and the model file's is "
                + $"{found}";
    }

    /// <summary>Columns of the output that the task is about; null where the manifest leaves them open.</summary>
    private static int? ColumnsOf(ModelManifest manifest) => manifest.Task switch
    {
        ModelTask.Classification => manifest.Id2Label.Count,
        ModelTask.Landmarks => 2 * FaceLandmarks.Count,
        _ => null,
    };

    private static string? OutputComplaint(InferenceSession session, string key, string name, int? columns)
    {
        string found = Listing(session.OutputMetadata);
        if (!session.OutputMetadata.TryGetValue(name, out NodeMetadata? output))
            return $"the manifest says {key} is {name}, and the model file's outputs are {found}";
        bool fits = output.ElementDataType == TensorElementType.Float && output.Dimensions is [_, var width]
            && (columns is null || width == columns);
        if (fits) return null;
        return columns is null
            ? $"the manifest says {name} is Float N x any, and the model file's outputs are {found}"
            : $"by the manifest {name} is Float N x {columns}, and the model file's outputs are {found}";
    }

    /// <summary>A dimension of the file fits when it is that size, or free (-1).</summary>
    private static bool Fits(int dimension, int size) => dimension == size || dimension < 0;

    private static string Listing(IReadOnlyDictionary<string, NodeMetadata> nodes) =>
        string.Join(", ",
            nodes.Select(node =>
            $"{node.Key}: {node.Value.ElementDataType} "
            + $"{string.Join(" x ", node.Value.Dimensions.Select(size => size < 0 ? "N" : $"{size}"))}"));

    private static InvalidModelException Refusal(string directory, string complaint) =>
        new($"The model in {directory} cannot be used: {complaint}. {WhatToDo}");
}
