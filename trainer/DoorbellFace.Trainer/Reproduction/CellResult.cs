using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Training;

namespace DoorbellFace.Trainer.Reproduction;

/// <summary>What came of one training of the grid; its folder's result.json.</summary>
internal sealed record CellResult
{
    /// <summary>The file's name.</summary>
    public const string FileName = "result.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true,
    };

    /// <summary>The cell.</summary>
    public required GridCell Cell { get; init; }

    /// <summary>What was taken from the weights it began with; null when it began at random.</summary>
    public string? Start { get; init; }

    /// <summary>Names in class order.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The epochs; none when it failed.</summary>
    public required IReadOnlyList<EpochResult> Epochs { get; init; }

    /// <summary>The best network's logits for each test crop.</summary>
    public required IReadOnlyList<float[]> Logits { get; init; }

    /// <summary>The right class indices of the test crops.</summary>
    public required IReadOnlyList<int> Truth { get; init; }

    /// <summary>Seconds that the runs which worked at it took together; of a run that was killed nothing is known.</summary>
    public double Seconds { get; init; }

    /// <summary>The most memory that the program held while it was trained, in bytes.</summary>
    public long PeakMemoryBytes { get; init; }

    /// <summary>Why it came to nothing, if it did.</summary>
    public string? Failure { get; init; }

    /// <summary>The answers.</summary>
    [JsonIgnore]
    public Predictions Test => new(Logits, Truth);

    /// <summary>Reads it, or null when there is none (that is whole).</summary>
    public static CellResult? Find(string folder)
    {
        string path = Path.Combine(folder, FileName);
        return File.Exists(path) ? JsonSerializer.Deserialize<CellResult>(File.ReadAllText(path), Json) : null;
    }

    /// <summary>Writes it, whole or not at all.</summary>
    public void Write(string folder)
    {
        string path = Path.Combine(folder, FileName);
        WholeFile.WriteText(path, JsonSerializer.Serialize(this, Json));
    }
}
