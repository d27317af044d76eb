using System.Security.Cryptography;
using System.Text.Json;
using DoorbellFace.Application.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Weights;

/// <summary>What is known about a file since it first came.</summary>
/// <param name="Sha256">Its whole hash, in hex. Every later file of that name must have it.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="RecordedAt">When it came.</param>
internal sealed record WeightRecord(string Sha256, long Bytes, string Source, DateTimeOffset RecordedAt);

/// <summary>What a look at a file found.</summary>
internal enum WeightCondition
{
    /// <summary>It is not there.</summary>
    Missing,

    /// <summary>It is what it should be.</summary>
    Sound,

    /// <summary>Its hash is not the one that was published, or not the one recorded when it first came.</summary>
    Changed,
}

/// <summary>The folder with published weights, and weights.json, which holds each file to the hash that it first came with.</summary>
internal sealed class WeightStore
{
    private const string RecordsFile = "weights.json";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>Opens a store; the folder need not exist yet.</summary>
    public WeightStore(string folder) => Folder = Path.GetFullPath(folder);

    /// <summary>$XDG_DATA_HOME/doorbellface/weights, by default ~/.local/share/doorbellface/weights.</summary>
    public static string DefaultFolder => Path.Combine(DataFolder.Default, "weights");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>Where the weights are or will be.</summary>
    public string PathOf(PublishedWeights weights) => Path.Combine(Folder, weights.FileName);

    /// <summary>Where they grow until they are whole.</summary>
    public string PartOf(PublishedWeights weights) => PathOf(weights) + ".part";

    /// <summary>The file, which is there.</summary>
    /// <exception cref="UserErrorException">It is not.</exception>
    public string Require(PublishedWeights weights) => File.Exists(PathOf(weights))
        ? PathOf(weights)
        : throw new UserErrorException(
            $"The ImageNet weights of {weights.Network} are not here yet. Fetch them once: ./doorbell models pull {weights.Network}");

    /// <summary>Looks at the file, byte for byte.</summary>
    public WeightCondition Check(PublishedWeights weights)
    {
        string path = PathOf(weights);
        if (!File.Exists(path)) return WeightCondition.Missing;
        return Complaint(weights, HashOf(path)) is null ? WeightCondition.Sound : WeightCondition.Changed;
    }

    /// <summary>Takes a whole file in: checks it, records its hash if it is the first of its name, and gives it its name.</summary>
    /// <param name="weights">What it should be.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="now">When.</param>
    /// <exception cref="UserErrorException">It is something else; the part is deleted then, since going on with it would be in
    /// vain.</exception>
    public void TakeIn(PublishedWeights weights, string source, DateTimeOffset now)
    {
        string part = PartOf(weights), hash = HashOf(part);
        if (Complaint(weights, hash) is { } complaint)
        {
            long bytes = new FileInfo(part).Length;
            File.Delete(part);
            throw new UserErrorException(
                $"What came from {source} ({bytes} bytes) is not {weights.FileName}: {complaint}. It was deleted, and nothing else was "
                + $"changed. Try again, or from another place.", ExitCode.Failed);
        }
        Dictionary<string, WeightRecord> records = Records();
        if (records.TryAdd(weights.FileName, new WeightRecord(hash, new FileInfo(part).Length, source, now)))
            WholeFile.WriteText(Path.Combine(Folder, RecordsFile), JsonSerializer.Serialize(records, Json) + "\n");
        File.Move(part, PathOf(weights), overwrite: true);
    }

    private static string HashOf(string path)
    {
        using FileStream file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private string? Complaint(PublishedWeights weights, string hash)
    {
        if (!hash.StartsWith(weights.HashStart, StringComparison.Ordinal))
            return $"its SHA-256 begins with {hash[..weights.HashStart.Length]}, and {weights.HashStart} was published";
        return Records().TryGetValue(weights.FileName, out WeightRecord? record) && record.Sha256 != hash
            ? $"its SHA-256 is {hash}, and when it first came, on {record.RecordedAt:yyyy-MM-dd}, it was {record.Sha256}"
            : null;
    }

    private Dictionary<string, WeightRecord> Records()
    {
        string path = Path.Combine(Folder, RecordsFile);
        if (!File.Exists(path)) return [];
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, WeightRecord>>(File.ReadAllText(path), Json)
                ?? throw new JsonException("it is empty");
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"'{path}' cannot be read: {error.Message} It holds the hashes that files of weights are checked against. If it cannot be "
                + $"mended, delete it; they are recorded again then.");
        }
    }
}
