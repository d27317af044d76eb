using System.Globalization;

namespace DoorbellFace.Core.Tests.Link;

/// <summary>One packet of tests/fixtures/link-vectors/packets.hex: its fields in words and its bytes.</summary>
public sealed record PacketVector(string Type, IReadOnlyDictionary<string, string> Fields, byte[] Bytes)
{
    public int this[string field] => int.Parse(Fields[field], CultureInfo.InvariantCulture);

    public byte[] Pixels => Convert.FromHexString(Fields["pixels"]);
}

/// <summary>Reads the files that pin both ends of the link.</summary>
public static class LinkVectors
{
    public static IReadOnlyList<PacketVector> Packets { get; } = ReadPackets();

    public static IReadOnlyList<(int Code, byte WireByte)> Commands { get; } =
    [
        .. ContentLines("commands.hex").Select(line => line.Split(' '))
            .Select(words => (Convert.ToInt32(words[0], 16), Convert.ToByte(words[1], 16))),
    ];

    private static List<PacketVector> ReadPackets()
    {
        var packets = new List<PacketVector>();
        string? description = null;
        foreach (string line in ContentLines("packets.hex"))
        {
            if (!line.StartsWith("= ", StringComparison.Ordinal))
            {
                description = line;
                continue;
            }
            byte[] bytes = Convert.FromHexString(line[2..].Replace(" ", "", StringComparison.Ordinal));
            packets.Add(Parse(description!, bytes));
        }
        return packets;
    }

    private static PacketVector Parse(string description, byte[] bytes)
    {
        var fields = new Dictionary<string, string>();
        int textAt = description.IndexOf(" text=", StringComparison.Ordinal);
        if (textAt >= 0)
        {
            fields["text"] = description[(textAt + " text=".Length)..];
            description = description[..textAt];
        }
        string[] words = description.Split(' ');
        foreach (string word in words.Skip(1)) fields[word[..word.IndexOf('=')]] = word[(word.IndexOf('=') + 1)..];
        return new PacketVector(words[0], fields, bytes);
    }

    /// <summary>Gray pixels, the bytes of the row, and the pixels that come back.</summary>
    public static IReadOnlyList<(byte[] Pixels, byte[] Packed, byte[] Back)> CompressedRows { get; } =
        [.. ContentLines("compressed-rows.hex").Select(line => Convert.FromHexString(line.TrimStart('=', '>', ' '))).Chunk(3)
            .Select(lines => (lines[0], lines[1], lines[2]))];

    private static IEnumerable<string> ContentLines(string file) =>
        File.ReadLines(Repository.Fixture($"link-vectors/{file}")).Where(line => line.Length > 0 && line[0] != '#');
}
