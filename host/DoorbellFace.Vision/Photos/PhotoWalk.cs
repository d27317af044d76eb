using DoorbellFace.Vision.Files;
using DoorbellFace.Vision.Pictures;

namespace DoorbellFace.Vision.Photos;

/// <summary>One look through a folder of photos.</summary>
internal sealed class PhotoWalk(string root)
{
    /// <summary>Folders that network storages, desktops and systems keep beside the photos.</summary>
    private static readonly HashSet<string> ProgramFolders =
        new(StringComparer.OrdinalIgnoreCase) { "@eaDir", "@Recycle", "#recycle", "#snapshot", "$RECYCLE.BIN", "__MACOSX",
            "System Volume Information" };

    /// <summary>
    /// Pictures that people have and that are not read. Raw data is told by the name: inside it looks like a TIFF with a thumbnail.
    /// </summary>
    private static readonly HashSet<string> OtherFormats = new(StringComparer.OrdinalIgnoreCase)
    {
        ".jxl", ".jp2", ".psd", ".xcf", ".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2", ".pef", ".srw",
    };

    /// <summary>What .NET puts in the place of bytes that are no UTF-8.</summary>
    private const char Undecodable = '\uFFFD';

    private readonly HashSet<FileIdentity> _seen = [];
    private readonly List<string> _photos = [], _folders = [];
    private readonly List<PassedOver> _passedOver = [];
    private readonly Queue<string> _links = new();
    private int _otherFiles;

    /// <summary>Looks. Links come last, so that a thing is called by its own name where it has one in here.</summary>
    public PhotoFolder Run()
    {
        FileEntry start = FileEntry.At(root);
        _seen.Add(start.Identity);
        // A link to a folder above leads to other people's photos, and back in here.
        for (string? above = Path.GetDirectoryName(Path.GetFullPath(root)); above is not null; above = Path.GetDirectoryName(above))
            _seen.Add(FileEntry.At(above).Identity);
        if (start.Kind == FileKind.Folder) Enter(root);
        else PassOver(root, CauseOfMissing(root, start.Kind));
        while (_links.TryDequeue(out string? link)) Take(link, FileEntry.At(link));
        return new PhotoFolder(
            root, [.. _photos.Order(StringComparer.Ordinal)], [.. _passedOver.OrderBy(item => item.Path, StringComparer.Ordinal)], _folders,
                _otherFiles);
    }

    private void Enter(string folder)
    {
        foreach (string path in EntriesOf(folder))
        {
            FileEntry entry = FileEntry.At(path, followsLink: false);
            if (entry.Kind == FileKind.Link) _links.Enqueue(path);
            else Take(path, entry);
        }
    }

    private string[] EntriesOf(string folder)
    {
        try
        {
            string[] entries = Directory.GetFileSystemEntries(folder);
            Array.Sort(entries, StringComparer.Ordinal);
            return entries;
        }
        catch (UnauthorizedAccessException)
        {
            PassOver(folder, PassedOverCause.Forbidden);
        }
        catch (DirectoryNotFoundException)
        {
            PassOver(folder, CauseOfMissing(folder, FileKind.Missing));
        }
        catch (IOException)
        {
            PassOver(folder, PassedOverCause.Unreadable);
        }
        return [];
    }

    private void Take(string path, FileEntry entry)
    {
        string name = Path.GetFileName(path);
        if (name.StartsWith('.') || ProgramFolders.Contains(name))
        {
            // A file that only holds a desktop's settings is not worth a word.
            if (entry.Kind == FileKind.Folder || PictureFile.HasPictureExtension(name)) PassOver(path, PassedOverCause.Hidden);
        }
        else if (entry.Kind is FileKind.Folder)
        {
            if (!_seen.Add(entry.Identity))
            {
                PassOver(path, PassedOverCause.SeenAlready);
                return;
            }
            if (Path.GetRelativePath(root, path) == name) _folders.Add(name);
            Enter(path);
        }
        else if (entry.Kind is not FileKind.File)
        {
            PassOver(path, entry.Kind == FileKind.Other ? PassedOverCause.NoFile : CauseOfMissing(path, entry.Kind));
        }
        else if (OtherFormats.Contains(Path.GetExtension(name)))
        {
            PassOver(path, PassedOverCause.OtherFormat);
        }
        else if (!IsPhoto(path))
        {
            _otherFiles++;
        }
        else if (_seen.Add(entry.Identity))
        {
            _photos.Add(Path.GetRelativePath(root, path));
        }
        else
        {
            PassOver(path, PassedOverCause.SeenAlready);
        }
    }

    /// <summary>By its name, so that a damaged photo is complained of when it is read; or by what is in it.</summary>
    private static bool IsPhoto(string path)
    {
        if (PictureFile.HasPictureExtension(path)) return true;
        try
        {
            using FileStream file = File.OpenRead(path);
            Span<byte> start = stackalloc byte[PictureSignature.Length];
            return PictureSignature.Of(start[..file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)]) != PictureFormat.Unknown;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static PassedOverCause CauseOfMissing(string path, FileKind kind) =>
        kind == FileKind.Forbidden ? PassedOverCause.Forbidden : path.Contains(Undecodable)
            ? PassedOverCause.NameNotUtf8
            : PassedOverCause.Gone;

    private void PassOver(string path, PassedOverCause cause) => _passedOver.Add(new PassedOver(Path.GetRelativePath(root, path), cause));
}
