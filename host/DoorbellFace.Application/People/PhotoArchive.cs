using System.IO.Compression;

namespace DoorbellFace.Application.People;

/// <summary>
/// Takes the photos out of a ZIP file that somebody sent. Nothing is written anywhere, and no number that the file gives of itself is
/// believed: what is taken out is counted while it comes.
/// </summary>
public static class PhotoArchive
{
    /// <summary>Entries of an archive; a household's has fewer.</summary>
    public const int MostEntries = 2000;

    /// <summary>
    /// Bytes that one byte of an archive may become, where it becomes more than <see cref="SmallBytes"/>: photos hardly shrink in an
    /// archive, plain ones fifty times.
    /// </summary>
    private const long MostGrowth = 200, SmallBytes = 1 << 20;

    private static readonly byte[] Signature = "PK\u0003\u0004"u8.ToArray(), EmptySignature = "PK\u0005\u0006"u8.ToArray();

    /// <summary>Whether these are the bytes of a ZIP file.</summary>
    public static bool IsOne(ReadOnlySpan<byte> content) => content.StartsWith(Signature) || content.StartsWith(EmptySignature);

    /// <summary>Takes the photos out.</summary>
    /// <param name="name">What people call the archive.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="mostPhotos">So many at most.</param>
    /// <param name="mostBytes">So many bytes at most, of all together.</param>
    /// <exception cref="DoorbellException">It is damaged, locked with a password, too large when unpacked, holds too much or an archive, or
    /// names places outside of itself: such a one is not made by people, and nothing of it is taken.</exception>
    public static IReadOnlyList<SentPhoto> Open(string name, byte[] content, int mostPhotos, long mostBytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(content, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw Refused(name, $"holds {archive.Entries.Count} entries, where {MostEntries} are the most");
            var photos = new List<SentPhoto>();
            long bytes = 0;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (LeadsOut(entry.FullName)) throw Refused(name, "names places outside of itself");
                if (entry.Name.Length == 0 || IsAside(entry.FullName)) continue;
                if (entry.IsEncrypted) throw Refused(name, "is locked with a password");
                byte[] photo = Unpack(name, entry, mostBytes - bytes);
                if (IsOne(photo)) throw Refused(name, "holds another archive");
                if (photos.Count == mostPhotos) throw Refused(name, $"holds more than {mostPhotos} photos");
                bytes += photo.Length;
                photos.Add(new SentPhoto(entry.Name, photo));
            }
            return photos;
        }
        catch (InvalidDataException error)
        {
            throw new DoorbellException(ErrorKind.InvalidValue, $"The archive '{name}' is damaged, or of a kind that is not read here.",
                cause: error);
        }
    }

    private static byte[] Unpack(string name, ZipArchiveEntry entry, long most)
    {
        using Stream packed = entry.Open();
        using var photo = new MemoryStream();
        var some = new byte[64 * 1024];
        while (packed.Read(some) is > 0 and var read)
        {
            photo.Write(some, 0, read);
            if (photo.Length > most) throw Refused(name, "is too large when it is unpacked");
            if (photo.Length > SmallBytes && photo.Length > MostGrowth * entry.CompressedLength)
                throw Refused(name, "grows too much when it is unpacked");
        }
        return photo.ToArray();
    }

    /// <summary>Nothing is written under these names; but who gives such names means no good.</summary>
    private static bool LeadsOut(string path) =>
        path.StartsWith('/') || path.StartsWith('\\') || path.Contains(':', StringComparison.Ordinal) || path.Contains('\0')
            || path.Split('/', '\\').Contains("..");

    /// <summary>What systems put beside people's files.</summary>
    private static bool IsAside(string path) =>
        path.Split('/', '\\').Any(part => part.StartsWith('.') || part is "__MACOSX" or "Thumbs.db" or "desktop.ini");

    private static DoorbellException Refused(string name, string what) =>
        new(ErrorKind.InvalidValue, $"The archive '{name}' {what}. Nothing of it was taken.");
}
