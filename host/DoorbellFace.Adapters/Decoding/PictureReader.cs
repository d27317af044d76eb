using System.Collections.Concurrent;
using System.Diagnostics;
using DoorbellFace.Adapters.Processes;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Adapters.Decoding;

/// <summary>
/// The process that reads pictures for another: it limits itself, reads what is asked on its standard input, and answers on its standard
/// output. It ends when whoever asks is gone, also in the middle of a picture.
/// </summary>
public static class PictureReader
{
    /// <summary>Reads pictures until nobody asks any more; it does not return.</summary>
    /// <param name="pictures">Reads one.</param>
    /// <param name="requests">Its standard input.</param>
    /// <param name="answers">Its standard output.</param>
    /// <param name="mostMemoryBytes">Bytes that this process may take; what needs more fails, or ends it.</param>
    public static void Run(IPictureFiles pictures, Stream requests, Stream answers, long mostMemoryBytes)
    {
        ProcessLimits.SetForThisProcess(mostMemoryBytes);
        using var asked = new BlockingCollection<(string Subject, byte[] File)>(boundedCapacity: 1);
        new Thread(() => Listen(requests, asked)) { IsBackground = true, Name = "standard input" }.Start();
        PictureMessages.WriteReady(answers);
        foreach ((string subject, byte[] file) in asked.GetConsumingEnumerable())
        {
            PixelBuffer? picture = Read(pictures, subject, file, out string reason);
            PictureMessages.WriteAnswer(answers, picture, reason);
        }
    }

    private static PixelBuffer? Read(IPictureFiles pictures, string subject, byte[] file, out string reason)
    {
        try
        {
            return pictures.TryDecode(file, subject, out reason);
        }
        catch (Exception error) when (error is OutOfMemoryException or InsufficientMemoryException)
        {
            reason = $"{subject} takes more memory to read than a picture may. Save it smaller.";
            return null;
        }
    }

    /// <summary>
    /// On a thread of its own, so that the end is noticed while a decoder is busy; then nothing is finished, because nobody waits for it.
    /// </summary>
    private static void Listen(Stream requests, BlockingCollection<(string Subject, byte[] File)> asked)
    {
        try
        {
            while (PictureMessages.ReadRequest(requests) is { } request) asked.Add(request);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            // Nothing that can be understood will come any more.
        }
        Process.GetCurrentProcess().Kill();
    }
}
