using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using DoorbellFace.Terminal;
using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Checkpoints;

/// <summary>
/// A training on disk: a zip file with state.json (readable), network.bin and, where it can be resumed, optimizer.bin (both in TorchSharp's
/// own format), each with its SHA-256 beside it. It is written whole or not at all, and damage is noticed before torch reads anything:
/// .NET's zip reader does not look at the zip's own checksums.
/// </summary>
internal static class Checkpoint
{
    /// <summary>The latest epoch, with everything needed to go on.</summary>
    public const string LastFile = "last.checkpoint";

    /// <summary>The best epoch by validation; when the training has ended, with its outcome.</summary>
    public const string BestFile = "best.checkpoint";

    private const string StateEntry = "state.json", NetworkEntry = "network.bin", OptimizerEntry = "optimizer.bin", HashSuffix = ".sha256";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
    };

    /// <summary>Writes a checkpoint over what was there before; a crash at any moment leaves the old one or the new one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="state">The readable part.</param>
    /// <param name="network">The weights.</param>
    /// <param name="optimizer">Its state, if the training is to go on from here.</param>
    public static void Write<TState>(string path, TState state, Module network, OptimizerHelper? optimizer) => WholeFile.Write(path, file =>
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        AddEntry(zip, StateEntry, stream => JsonSerializer.Serialize(stream, state, Json));
        AddEntry(zip, NetworkEntry, stream => network.save(stream));
        if (optimizer is not null) AddEntry(zip, OptimizerEntry, stream => SaveOptimizer(optimizer, stream));
    });

    /// <summary>Reads the readable part.</summary>
    /// <exception cref="UserErrorException">There is no such file, or it is no checkpoint.</exception>
    public static TState ReadState<TState>(string path) => Reading(path, zip =>
    {
        using Stream stream = OpenSound(zip, StateEntry);
        return JsonSerializer.Deserialize<TState>(stream, Json);
    }) ?? throw NotUsable(path, "its state is empty");

    /// <summary>Puts the weights of a checkpoint into a network of its shape.</summary>
    /// <exception cref="UserErrorException">The file is damaged or holds another network.</exception>
    public static void ReadNetwork(string path, Module network) => Reading(path, zip =>
    {
        using Stream stream = OpenSound(zip, NetworkEntry);
        return network.load(stream);
    });

    /// <summary>Puts the optimizer's state of a checkpoint into an optimizer of the same parameters.</summary>
    /// <exception cref="UserErrorException">The file is damaged or has no such state.</exception>
    public static void ReadOptimizer(string path, OptimizerHelper optimizer) => Reading(path, zip =>
    {
        using Stream stream = OpenSound(zip, OptimizerEntry);
        using var reader = new BinaryReader(stream);
        optimizer.load_state_dict(reader);
        return true;
    });

    /// <summary>Straight into the file: VGG16's half gigabyte would not be held in memory a second time.</summary>
    private static void AddEntry(ZipArchive zip, string name, Action<Stream> write)
    {
        using var hash = SHA256.Create();
        // Weights do not compress; trying to takes seconds.
        using (Stream entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open())
        using (var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write))
            write(hashing);
        using (Stream entry = zip.CreateEntry(name + HashSuffix, CompressionLevel.NoCompression).Open()) entry.Write(hash.Hash);
    }

    private static void SaveOptimizer(OptimizerHelper optimizer, Stream stream)
    {
        using var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true);
        optimizer.save_state_dict(writer);
    }

    /// <summary>
    /// An entry from its beginning, after it was read once for its hash: like writing, reading holds nothing of VGG16 a second time.
    /// </summary>
    private static Stream OpenSound(ZipArchive zip, string name)
    {
        ZipArchiveEntry entry = EntryOf(zip, name), hashEntry = EntryOf(zip, name + HashSuffix);
        var expected = new byte[SHA256.HashSizeInBytes];
        using (Stream stored = hashEntry.Open()) stored.ReadExactly(expected);
        using (Stream content = entry.Open())
        {
            if (hashEntry.Length != expected.Length || !SHA256.HashData(content).AsSpan().SequenceEqual(expected))
                throw new InvalidDataException($"its {name} is damaged");
        }
        return entry.Open();
    }

    private static ZipArchiveEntry EntryOf(ZipArchive zip, string name) =>
        zip.GetEntry(name) ?? throw new InvalidDataException($"it has no {name}");

    private static T Reading<T>(string path, Func<ZipArchive, T> read)
    {
        if (!File.Exists(path)) throw new UserErrorException($"There is no checkpoint '{path}'. ./doorbell train makes them.");
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            return read(zip);
        }
        catch (Exception error)
            when (error is InvalidDataException or JsonException or IOException or UnauthorizedAccessException or ArgumentException
            or System.Runtime.InteropServices.ExternalException)
        {
            throw NotUsable(path, error.Message);
        }
    }

    /// <summary>Why a checkpoint is refused, as the user is told.</summary>
    public static UserErrorException NotUsable(string path, string reason) =>
        new($"The checkpoint '{path}' cannot be used: {reason}. Train again, or give another checkpoint.");
}
