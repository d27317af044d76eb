using System.IO.Compression;
using System.Text;

namespace DoorbellFace.Testing;

/// <summary>ZIP files that people do not make.</summary>
public static class HostileArchives
{
    /// <summary>Each by its kind, with a part of the sentence that refuses it.</summary>
    public static IReadOnlyDictionary<string, (byte[] Content, string Reason)> All { get; } = Make();

    /// <summary>An archive of these files.</summary>
    public static byte[] Of(params IEnumerable<(string Name, byte[] Content)> files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static Dictionary<string, (byte[] Content, string Reason)> Make()
    {
        const string Outside = "names places outside of itself", Growth = "grows too much";
        byte[] photo = SmallPng.Bytes, plain = Of(("a.png", photo));
        var all = new Dictionary<string, (byte[], string)>();
        string[] outside =
        [
            "../a.png", "a/../../b.png", "/etc/a.png", "..\\a.png", "\\a.png", "C:a.png", "C:\\a.png", "a/..", "../",
            "a/b/../../../c.png",
        ];
        foreach (string name in outside) all[$"slip {name}"] = (Of(("fine.png", photo), (name, photo)), Outside);
        all["bomb of zeros"] = (Of(("a.bmp", new byte[30 << 20])), Growth);
        all["bomb among photos"] = (Of(("a.png", photo), ("b.bmp", new byte[12 << 20]), ("c.png", photo)), Growth);
        all["bomb of many"] = (Of(Enumerable.Range(0, 90).Select(i => ($"{i}.bmp", Repeated(i)))), "too large when it is unpacked");
        all["bomb that says it is small"] = (Saying(Of(("a.bmp", new byte[30 << 20])), uncompressed: 100), "No usable picture");
        all["bomb that says it is huge"] = (Saying(Of(("a.bmp", new byte[30 << 20])), uncompressed: int.MaxValue), Growth);
        all["bomb of one photo under many names"] = (UnderManyNames(Repeated(1), 90), "too large when it is unpacked");
        all["archive in an archive"] = (Of(("a.png", photo), ("more.zip", plain)), "holds another archive");
        all["archive in an archive, called a photo"] = (Of(("a.png", plain)), "holds another archive");
        all["too many entries"] = (Of(Enumerable.Range(0, 2100).Select(i => ($"{i}.png", (byte[])[]))), "where 2000 are the most");
        all["too many photos"] = (Of(Enumerable.Range(0, 300).Select(i => ($"{i}.png", photo))), "holds more than 200 photos");
        all["cut off"] = (plain[..^30], "is damaged");
        all["cut off early"] = (plain[..40], "is damaged");
        all["a beginning alone"] = ([.. "PK\u0003\u0004"u8, .. new byte[2000]], "is damaged");
        all["damaged inside"] = (Damaged(plain), "is damaged");
        all["locked"] = (Locked(plain), "is locked with a password");
        all["of an unknown kind"] = (OfMethod(plain, 99), "is damaged");
        all["empty"] = (Of(), "No photo was sent.");
        return all;
    }

    /// <summary>A megabyte that shrinks fifty times: not so much that it is known by that.</summary>
    private static byte[] Repeated(int seed)
    {
        var some = new byte[20 * 1024];
        new Random(seed).NextBytes(some);
        return [.. Enumerable.Repeat(some, 52).SelectMany(bytes => bytes)];
    }

    /// <summary>Entries that share their bytes: the archive is as small as one of them.</summary>
    private static byte[] UnderManyNames(byte[] photo, short times)
    {
        byte[] archive = Of(("a.bmp", photo));
        int central = Central(archive), end = archive.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        byte[] record = archive[central..end], last = archive[end..];
        BitConverter.TryWriteBytes(last.AsSpan(8), times);
        BitConverter.TryWriteBytes(last.AsSpan(10), times);
        BitConverter.TryWriteBytes(last.AsSpan(12), record.Length * times);
        return [.. archive[..central], .. Enumerable.Repeat(record, times).SelectMany(bytes => bytes), .. last];
    }

    private static byte[] Damaged(byte[] archive)
    {
        byte[] damaged = [.. archive];
        // Within the packed photo: behind the entry's header and name.
        for (int at = 45; at < 60; at++) damaged[at] ^= 0xFF;
        return damaged;
    }

    private static byte[] Locked(byte[] archive) => Changed(archive, local: 6, central: 8, value: 1);

    private static byte[] OfMethod(byte[] archive, short method) => Changed(archive, local: 8, central: 10, method);

    private static byte[] Saying(byte[] archive, int uncompressed)
    {
        byte[] changed = [.. archive];
        BitConverter.TryWriteBytes(changed.AsSpan(Central(archive) + 24), uncompressed);
        return changed;
    }

    private static byte[] Changed(byte[] archive, int local, int central, short value)
    {
        byte[] changed = [.. archive];
        BitConverter.TryWriteBytes(changed.AsSpan(local), value);
        BitConverter.TryWriteBytes(changed.AsSpan(Central(archive) + central), value);
        return changed;
    }

    private static int Central(byte[] archive) => archive.AsSpan().IndexOf(Encoding.Latin1.GetBytes("PK\u0001\u0002"));
}
