using System.Text.Json;
using System.Text.Json.Serialization;

namespace DoorbellFace.Core.Models;

/// <summary>
/// The contract between trainer and host: one JSON file beside the .onnx file. The trainer writes it from the very
/// <see cref="Preprocessor"/> it trained with; the host refuses a model whose file and manifest disagree.
/// Field names follow Hugging Face's preprocessor_config.json and id2label, in snake_case.
/// </summary>
public sealed record ModelManifest
{
    /// <summary>The version this program reads and writes.</summary>
    public const int CurrentVersion = 1;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Layout of this file; see <see cref="CurrentVersion"/>.</summary>
    public required int ManifestVersion { get; init; }

    /// <summary>SHA-256 of the .onnx file, 64 lower-case hex digits.</summary>
    public required string ModelSha256 { get; init; }

    /// <summary>What the network does: one of <see cref="ModelTask"/>.</summary>
    public required string Task { get; init; }

    /// <summary>Name of the graph's input: float32, N x channels x height x width.</summary>
    public required string InputName { get; init; }

    /// <summary>
    /// Name of the output that the task is about: the logits (float32, N x labels), the embedding (float32, N x any), or the landmarks
    /// (float32, N x 10: x and y of each in the order of <see cref="Faces.FaceLandmarks"/>, as parts of the input's edge).
    /// </summary>
    public required string OutputName { get; init; }

    /// <summary>
    /// Name of the output with the embedding before the last layer (float32, N x 512 for ResNet18); null if the graph has none.
    /// </summary>
    public string? EmbeddingName { get; init; }

    /// <summary>
    /// Name of the output that says whether it is a face at all (float32, N x 1, a logit); only for landmarks, and there always.
    /// </summary>
    public string? FaceName { get; init; }

    /// <summary>
    /// Name of a backbone's second output, the logits (float32, N x labels), if it was fine-tuned on the family; null if it knows nobody.
    /// </summary>
    public string? LogitsName { get; init; }

    /// <summary>How a face crop becomes the input tensor.</summary>
    public required PreprocessorSettings Preprocessor { get; init; }

    /// <summary>
    /// Class index (0, 1, ... without gaps) to label. A label is the person's name as it is spoken. Empty where there are no logits.
    /// </summary>
    [JsonPropertyName("id2label")]
    public required IReadOnlyDictionary<int, string> Id2Label { get; init; }

    /// <summary>The label that stands for everyone else, if the network was trained with strangers; never spoken as a name.</summary>
    public string? UnknownLabel { get; init; }

    /// <summary>
    /// Where the decision is made; for an embedding, the cosines from which a household's own thresholds start; for landmarks, the
    /// probabilities of a face.
    /// </summary>
    public required MatchThresholds Thresholds { get; init; }

    /// <summary>Where a backbone's own classifier is believed, in probabilities; there where <see cref="LogitsName"/> is.</summary>
    public MatchThresholds? LogitsThresholds { get; init; }

    /// <summary>When training ended.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>What it was trained on.</summary>
    public required DatasetDescription Dataset { get; init; }

    /// <summary>Figures by name, each 0 to 1: "validation_accuracy", "test_accuracy", ...</summary>
    public required IReadOnlyDictionary<string, double> Metrics { get; init; }

    /// <summary>Version of the trainer that wrote it.</summary>
    public required string TrainerVersion { get; init; }

    /// <summary>Labels in class order.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Labels => [.. Enumerable.Range(0, Id2Label.Count).Select(index => Id2Label[index])];

    /// <summary>Reads a manifest and checks that it is whole and makes sense by itself.</summary>
    /// <exception cref="InvalidModelException">Not JSON, a field missing, another version, or values that cannot be; the message names the
    /// field.</exception>
    public static ModelManifest Parse(string json)
    {
        ModelManifest manifest;
        try
        {
            manifest = JsonSerializer.Deserialize<ModelManifest>(json, Json)
                ?? throw new InvalidModelException("The model's manifest is empty; expected a JSON object.");
        }
        catch (JsonException error)
        {
            throw new InvalidModelException($"The model's manifest cannot be read: {error.Message}", error);
        }
        manifest.Validate();
        return manifest;
    }

    /// <summary>The manifest as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);

    private void Validate()
    {
        Require(ManifestVersion == CurrentVersion,
            $"manifest_version is {ManifestVersion}; this program reads version {CurrentVersion}. Export the model again with a trainer of "
            + $"the same version.");
        Require(ModelSha256.Length == 64 && ModelSha256.All(char.IsAsciiHexDigit),
            $"model_sha256 is \"{ModelSha256}\"; expected 64 hex digits.");
        Require(ModelTask.All.Contains(Task), $"task is \"{Task}\"; expected one of {string.Join(", ", ModelTask.All)}.");
        Require(LogitsName is null || Task == ModelTask.Embedding,
            $"logits_name is {LogitsName} for the task {Task}; it belongs to {ModelTask.Embedding} and to no other.");
        Require(LogitsName is null == LogitsThresholds is null,
            "logits_name and logits_thresholds belong together; one of them is missing.");
        bool hasLogits = Task == ModelTask.Classification || LogitsName is not null;
        Require(hasLogits == Id2Label.Count > 0,
            $"id2label holds {Id2Label.Count} labels for the task {Task}{(LogitsName is null ? "" : $" with logits_name {LogitsName}")}; "
            + $"where there are logits there are labels, elsewhere none.");
        Require(Task == ModelTask.Landmarks == FaceName is not null,
            $"face_name is {FaceName ?? "missing"} for the task {Task}; it belongs to {ModelTask.Landmarks} and to no other.");
        Require(Enumerable.Range(0, Id2Label.Count).All(Id2Label.ContainsKey),
            "id2label must number the labels 0, 1, 2, ... without gaps.");
        Require(Id2Label.Values.All(label => !string.IsNullOrWhiteSpace(label)), "id2label holds an empty label.");
        Require(Id2Label.Values.Distinct(StringComparer.Ordinal).Count() == Id2Label.Count, "id2label holds the same label twice.");
        Require(UnknownLabel is null || Id2Label.Values.Contains(UnknownLabel),
            $"unknown_label \"{UnknownLabel}\" is not among the labels of id2label.");
        Require(Metrics.Values.All(double.IsFinite),
            $"metrics holds {Metrics.FirstOrDefault(figure => !double.IsFinite(figure.Value)).Key}, which is no finite number.");
        Require(Dataset.ImagesPerLabel.Values.All(count => count >= 0), "dataset.images_per_label holds a number below 0.");
        RequireOrder("thresholds", Thresholds);
        if (LogitsThresholds is { } logits) RequireOrder("logits_thresholds", logits);
        string? complaint = Preprocessor.Complaint();
        Require(complaint is null, complaint ?? "");
    }

    private static void RequireOrder(string name, MatchThresholds limits) => Require(
        limits.Reject is >= 0 and <= 1 && limits.Accept is >= 0 and <= 1 && limits.Reject <= limits.Accept,
        $"{name} must satisfy 0 <= reject <= accept <= 1; they are reject {limits.Reject}, accept {limits.Accept}.");

    private static void Require(bool condition, string complaint)
    {
        if (!condition) throw new InvalidModelException("The model's manifest is wrong: " + complaint);
    }
}

/// <summary>What a network can do, in the manifest's words.</summary>
public static class ModelTask
{
    /// <summary>A probability for each of the labels it was trained with.</summary>
    public const string Classification = "face-classification";

    /// <summary>A vector by whose direction people differ, whoever they are.</summary>
    public const string Embedding = "face-embedding";

    /// <summary>Whether it is an upright face, and where its five landmarks are.</summary>
    public const string Landmarks = "face-landmarks";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Classification, Embedding, Landmarks];
}

/// <summary>What a model was trained on.</summary>
/// <param name="Name">A name a person recognises, such as the folder's.</param>
/// <param name="Sha256">SHA-256 over the sorted list of relative paths and file hashes.</param>
/// <param name="ImagesPerLabel">Face crops used for each label, all splits together.</param>
public sealed record DatasetDescription(string Name, string Sha256, IReadOnlyDictionary<string, int> ImagesPerLabel);

/// <summary>The two limits between which the answer is "uncertain".</summary>
/// <param name="Accept">Probability from which a name is said, 0 to 1.</param>
/// <param name="Reject">Probability below which the person counts as unknown, 0 to <paramref name="Accept"/>.</param>
public sealed record MatchThresholds(float Accept, float Reject);
