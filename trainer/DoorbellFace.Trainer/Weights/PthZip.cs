using System.IO.Compression;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// PyTorch's format since version 1.6: a zip file whose entry data.pkl is the index, and whose entries data/KEY hold the elements, not
/// compressed.
/// </summary>
internal static class PthZip
{
    private const string IndexName = "data.pkl";

    /// <summary>Whether a file that begins so is a zip file.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <summary>Reads the index.</summary>
    /// <param name="zip">The file; it must stay open.</param>
    /// <param name="fileLength">The file's length in bytes.</param>
    /// <exception cref="InvalidWeightFileException">It is no such file.</exception>
    public static IReadOnlyDictionary<string, StoredTensor> Read(ZipArchive zip, long fileLength)
    {
        ZipArchiveEntry[] indices = [.. zip.Entries.Where(entry => entry.Name == IndexName)];
        if (indices.Length != 1)
            throw new InvalidWeightFileException($"it is a zip file with {indices.Length} entries called {IndexName}; PyTorch writes one.");
        string folder = indices[0].FullName[..^IndexName.Length];
        object? root = new PickleReader(ReadIndex(indices[0], fileLength)).Read();
        ILookup<string, ZipArchiveEntry> entries = zip.Entries.ToLookup(entry => entry.FullName);
        return PickledIndex.Tensors(root, storage =>
        {
            string name = $"{folder}data/{storage.Key}";
            ZipArchiveEntry entry = entries[name].FirstOrDefault()
                ?? throw new InvalidWeightFileException($"its part '{Printable.Text(name)}' is missing.");
            RequireStored(entry, fileLength);
            return new StoredElements(storage.Type, entry.Length / storage.Type.Size(), () => Open(entry));
        });
    }

    /// <summary>Opens a zip file of whatever content; it closes the file.</summary>
    /// <exception cref="InvalidWeightFileException">Its directory cannot be read.</exception>
    public static ZipArchive Open(FileStream file)
    {
        try
        {
            var zip = new ZipArchive(file, ZipArchiveMode.Read);
            _ = zip.Entries.Count;
            return zip;
        }
        catch (Exception error) when (error is not (OutOfMemoryException or InvalidWeightFileException))
        {
            // The reader of the directory throws a dozen kinds of exception on bytes that make no sense.
            throw new InvalidWeightFileException(
                "it begins as a zip file does, and its directory cannot be read. It was probably not copied or downloaded to the end.");
        }
    }

    private static byte[] ReadIndex(ZipArchiveEntry entry, long fileLength)
    {
        RequireStored(entry, fileLength);
        if (entry.Length > PickledIndex.LongestBytes)
            throw new InvalidWeightFileException($"its index has {entry.Length} bytes; at most {PickledIndex.LongestBytes} are read.");
        var index = new byte[entry.Length];
        using ChecksumStream stream = Open(entry);
        try
        {
            stream.ReadExactly(index);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw new InvalidWeightFileException("its index is cut short.");
        }
        stream.Finish();
        return index;
    }

    /// <summary>A compressed entry could grow to anything; what is stored as it is, is no longer than the file.</summary>
    private static void RequireStored(ZipArchiveEntry entry, long fileLength)
    {
        if (entry.IsEncrypted || entry.Length != entry.CompressedLength || entry.Length > fileLength)
            throw new InvalidWeightFileException(
                $"its part '{Printable.Text(entry.FullName)}' is compressed or encrypted; PyTorch stores it as it is.");
    }

    private static ChecksumStream Open(ZipArchiveEntry entry)
    {
        try
        {
            return new ChecksumStream(entry.Open(), entry.Crc32, entry.FullName);
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException)
        {
            throw new InvalidWeightFileException($"its part '{Printable.Text(entry.FullName)}' cannot be read.");
        }
    }
}
