using System.Security.Cryptography;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Vision;
using Microsoft.ML.OnnxRuntime;

namespace DoorbellFace.Measuring;

/// <summary>
/// The network that the backbone learnt from, face-reidentification-retail-0095 of the Open Model Zoo as an .onnx file, in the backbone's
/// place: same faces, same landmarks, same gray pixels, or the photo's own colours. What it does better is what there is still to learn.
/// For measuring only. Not thread-safe.
/// </summary>
public sealed class TeacherEmbedder : IFaceEmbedder, IDisposable
{
    private const int Edge = 128, Channels = 3, EmbeddingLength = 256;

    private readonly InferenceSession _session;
    private readonly Preprocessor _preprocessor =
        new(PreprocessorSettings.BgrBytes(Edge) with { Alignment = PreprocessorSettings.LandmarkAlignment });
    private readonly RunOptions _options = new();

    /// <summary>Loads it.</summary>
    /// <param name="path">The .onnx file.</param>
    /// <param name="threads">Threads that one call may use.</param>
    /// <exception cref="DoorbellException">The file is not there, or it is another network.</exception>
    public TeacherEmbedder(string path, int threads)
    {
        if (!File.Exists(path))
            throw new DoorbellException(ErrorKind.NotFound,
                $"There is no teacher '{path}'. Expected face-reidentification-retail-0095 as an .onnx file.");
        RuntimeTelemetry.TurnOff();
        using var session = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        try
        {
            _session = new InferenceSession(path, session);
        }
        catch (OnnxRuntimeException error)
        {
            throw new DoorbellException(ErrorKind.UnusableInput, $"'{path}' cannot be read as the teacher: {error.Message}");
        }
        Manifest = new ModelManifest
        {
            ManifestVersion = ModelManifest.CurrentVersion,
            ModelSha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))),
            Task = ModelTask.Embedding,
            InputName = _session.InputNames[0],
            OutputName = _session.OutputNames[0],
            Preprocessor = _preprocessor.Settings,
            Id2Label = new Dictionary<int, string>(),
            Thresholds = new MatchThresholds(Accept: 0.45f, Reject: 0.35f),
            TrainedAt = default,
            Dataset = new DatasetDescription("not ours", "", new Dictionary<string, int>()),
            Metrics = new Dictionary<string, double>(),
            TrainerVersion = "not ours",
        };
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    /// <remarks>It looks twice, as our own backbone does (<see cref="Vision.OnnxFaceEmbedder"/>), and sees the same gray in all three
    /// colours; of a picture in Rgb24 it sees the colours as they are.</remarks>
    public Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks)
    {
        var tensor = new float[2 * _preprocessor.TensorLength];
        _preprocessor.WriteMirroredPair(FaceAlignment.Align(gray, landmarks, Edge), tensor);
        using var input = OrtValue.CreateTensorValueFromMemory(tensor, [2, Channels, Edge, Edge]);
        using var outputs = _session.Run(_options, _session.InputNames, [input], _session.OutputNames);
        ReadOnlySpan<float> both = outputs[0].GetTensorDataAsSpan<float>();
        return Embedding.Mean([(Embedding.Of(both[..EmbeddingLength]), 1f), (Embedding.Of(both[EmbeddingLength..]), 1f)]);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _options.Dispose();
        _session.Dispose();
    }
}
