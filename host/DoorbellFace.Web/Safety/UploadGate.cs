using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace DoorbellFace.Web.Safety;

/// <summary>
/// One large form at a time, since it lies in memory while it comes; and whoever sends one must not be as slow as with a small one, because
/// others wait.
/// </summary>
/// <param name="next">What follows.</param>
internal sealed class UploadGate(RequestDelegate next) : IDisposable
{
    /// <summary>A telephone with one bar of reception sends faster.</summary>
    private static readonly MinDataRate Rate = new(bytesPerSecond: 10_000, gracePeriod: TimeSpan.FromSeconds(10));

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Lets it through when it is its turn.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null
            || context.Request.ContentLength <= DoorPage.MostFormBytes)
        {
            await next(context);
            return;
        }
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } feature) feature.MinDataRate = Rate;
        await _one.WaitAsync(context.RequestAborted);
        try
        {
            await next(context);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();
}
