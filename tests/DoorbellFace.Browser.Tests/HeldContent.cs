using System.Net;

namespace DoorbellFace.Browser.Tests;

/// <summary>A file of which the second half is sent when that is asked for.</summary>
/// <param name="content">All of it.</param>
/// <param name="halfSent">Done when the first half is on its way.</param>
/// <param name="rest">Lets the second half go.</param>
internal sealed class HeldContent(byte[] content, TaskCompletionSource halfSent, SemaphoreSlim rest) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        int half = content.Length / 2;
        await stream.WriteAsync(content.AsMemory(0, half));
        await stream.FlushAsync();
        halfSent.TrySetResult();
        await rest.WaitAsync();
        await stream.WriteAsync(content.AsMemory(half));
    }

    protected override bool TryComputeLength(out long computed)
    {
        computed = content.Length;
        return true;
    }
}
