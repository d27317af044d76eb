using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace DoorbellFace.Vision.Files;

/// <summary>What lies at a path. Asked for before anything is opened: opening a named pipe waits until somebody writes into it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Identity">The same for every path that leads to it.</param>
internal readonly partial record struct FileEntry(FileKind Kind, FileIdentity Identity)
{
    // Linux, the same on every processor: statx(2), its buffer, and the kinds in st_mode.
    private const int AtWorkingFolder = -100, DoNotFollow = 0x100, StatxSize = 256;
    private const uint KindAndInode = 0x1 | 0x100;
    private const int ModeOffset = 28, InodeOffset = 32, DeviceOffset = 136;
    private const int KindMask = 0xF000, FileMode = 0x8000, FolderMode = 0x4000, LinkMode = 0xA000;
    private const int NoPermission = 13;

    /// <summary>Looks.</summary>
    /// <param name="path">Where.</param>
    /// <param name="followsLink">Whether a link stands for what it leads to.</param>
    public static FileEntry At(string path, bool followsLink = true)
    {
        Span<byte> buffer = stackalloc byte[StatxSize];
        if (StatX(AtWorkingFolder, path, followsLink ? 0 : DoNotFollow, KindAndInode, ref MemoryMarshal.GetReference(buffer)) != 0)
            return new FileEntry(Marshal.GetLastPInvokeError() == NoPermission ? FileKind.Forbidden : FileKind.Missing, default);
        FileKind kind = (BinaryPrimitives.ReadUInt16LittleEndian(buffer[ModeOffset..]) & KindMask) switch
        {
            FileMode => FileKind.File,
            FolderMode => FileKind.Folder,
            LinkMode => FileKind.Link,
            _ => FileKind.Other,
        };
        return new FileEntry(
            kind, new FileIdentity(BinaryPrimitives.ReadUInt64LittleEndian(buffer[DeviceOffset..]),
                BinaryPrimitives.ReadUInt64LittleEndian(buffer[InodeOffset..])));
    }

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatX(int folder, string path, int flags, uint wanted, ref byte buffer);
}

/// <summary>A file's or folder's own number, however it is called.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">Its number in there.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode);

/// <summary>What can lie at a path.</summary>
internal enum FileKind
{
    /// <summary>Nothing, or a link to nothing.</summary>
    Missing,

    /// <summary>Something in a folder that this user may not look into.</summary>
    Forbidden,

    /// <summary>A file with bytes in it.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A link; only where links are not followed.</summary>
    Link,

    /// <summary>A pipe, a socket or a device.</summary>
    Other,
}
