using System.Runtime.InteropServices;

namespace DoorbellFace.Simulation.Pty;

/// <summary>The calls that touch descriptors: one thread waits for the host's bytes and for its coming and going.</summary>
public sealed partial class PseudoTerminal
{
    private const int InotifyHeaderBytes = 16;

    private unsafe void Watch()
    {
        byte* buffer = stackalloc byte[4096];
        LibC.PollEntry* entries = stackalloc LibC.PollEntry[3];
        while (true)
        {
            entries[0] = new LibC.PollEntry { Descriptor = _master, Events = LibC.PollIn };
            entries[1] = new LibC.PollEntry { Descriptor = _watch, Events = LibC.PollIn };
            entries[2] = new LibC.PollEntry { Descriptor = _wake, Events = LibC.PollIn };
            if (LibC.Poll(entries, 3, -1) < 0 && Marshal.GetLastPInvokeError() != LibC.Interrupted) return;
            if (Volatile.Read(ref _isDisposed) != 0) return;
            if ((entries[1].Found & LibC.PollIn) != 0)
            {
                nint length = LibC.Read(_watch, buffer, 4096);
                if (length > 0) NoteComingAndGoing(new ReadOnlySpan<byte>(buffer, (int)length));
            }
            if ((entries[0].Found & LibC.PollIn) != 0)
            {
                nint length = LibC.Read(_master, buffer, 4096);
                if (length > 0) _fromHost.Writer.TryWrite(new ReadOnlySpan<byte>(buffer, (int)length).ToArray());
            }
        }
    }

    private unsafe void NoteComingAndGoing(ReadOnlySpan<byte> events)
    {
        while (events.Length >= InotifyHeaderBytes)
        {
            uint mask = MemoryMarshal.Read<uint>(events[4..]);
            int nameLength = MemoryMarshal.Read<int>(events[12..]);
            events = events[(InotifyHeaderBytes + nameLength)..];
            if ((mask & LibC.InotifyOpen) != 0 && Interlocked.Increment(ref _hosts) == 1) HostOpened?.Invoke();
            if ((mask & (LibC.InotifyCloseWrite | LibC.InotifyCloseNoWrite)) == 0 || _hosts == 0 || Interlocked.Decrement(ref _hosts) > 0)
                continue;
            // Equal news in a row are told once: before the line is taken for deserted, those who hold it are counted.
            Volatile.Write(ref _hosts, CountHosts());
            if (_hosts > 0) continue;
            // A host that was killed leaves the terminal locked for others, because this program keeps it open; and what it did not read
            // is not for the next one.
            _ = LibC.Control(_slave, LibC.NotExclusive, null);
            _ = LibC.Flush(_slave, LibC.FlushInput);
            HostClosed?.Invoke();
        }
    }

    /// <summary>Descriptors of the port besides this one's, in all processes that this user may look into.</summary>
    private int CountHosts()
    {
        string own = $"/proc/{Environment.ProcessId}/fd/{_slave}";
        int count = 0;
        foreach (string process in Directory.EnumerateDirectories("/proc"))
        {
            if (!char.IsAsciiDigit(Path.GetFileName(process)[0])) continue;
            try
            {
                foreach (string descriptor in Directory.EnumerateFiles(process + "/fd"))
                {
                    if (descriptor != own && new FileInfo(descriptor).LinkTarget == SlavePath) count++;
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another user's process, or one that has just ended.
            }
        }
        return count;
    }

    /// <summary>Writes what the kernel takes at once.</summary>
    /// <returns>Bytes taken; a line that is closed takes everything, and it is lost.</returns>
    private unsafe int WriteNow(ReadOnlySpan<byte> bytes)
    {
        int written = 0;
        fixed (byte* start = bytes)
        {
            while (written < bytes.Length)
            {
                nint taken = LibC.Write(_master, start + written, (nuint)(bytes.Length - written));
                if (taken > 0)
                {
                    written += (int)taken;
                    continue;
                }
                int error = Marshal.GetLastPInvokeError();
                if (error == LibC.Interrupted) continue;
                if (taken == 0 || error == LibC.Again) break;
                Interlocked.Add(ref _bytesLost, bytes.Length - written);
                return bytes.Length;
            }
        }
        return written;
    }

    /// <summary>Writes as the host reads, until it has not read for a while.</summary>
    /// <returns>Bytes taken.</returns>
    private unsafe int WriteWaiting(ReadOnlyMemory<byte> bytes, int patienceMilliseconds, CancellationToken cancellationToken)
    {
        const int LongestPollMilliseconds = 50;
        int written = 0, waited = 0;
        while (written < bytes.Length && waited < patienceMilliseconds && Volatile.Read(ref _isDisposed) == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int wait = Math.Min(LongestPollMilliseconds, patienceMilliseconds - waited);
            var entry = new LibC.PollEntry { Descriptor = _master, Events = LibC.PollOut };
            if (LibC.Poll(&entry, 1, wait) == 0)
            {
                waited += wait;
                continue;
            }
            int taken = WriteNow(bytes.Span[written..]);
            written += taken;
            if (taken > 0) waited = 0;
        }
        return written;
    }

    private unsafe void WakeWatcher()
    {
        ulong one = 1;
        _ = LibC.Write(_wake, (byte*)&one, sizeof(ulong));
    }
}
