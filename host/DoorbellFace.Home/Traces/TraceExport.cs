using DoorbellFace.Application.Doors;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace DoorbellFace.Home.Traces;

/// <summary>
/// Sends the door's traces to a collector, by OTLP over HTTP, as long as the door runs. It asks nothing of the door. The library sends on a
/// thread of its own, keeps a bounded queue, and drops what a collector that is away does not take.
/// </summary>
/// <param name="options">Where to.</param>
/// <param name="version">The program's.</param>
public sealed class TraceExport(TraceOptions options, string version) : IDoorAsker
{
    /// <summary>How long a collector may take, in milliseconds.</summary>
    private const int LimitMilliseconds = 2000;

    /// <inheritdoc/>
    public string Name => "the traces";

    /// <inheritdoc/>
    public async Task RunAsync(IDoorRequests door, CancellationToken stop)
    {
        using TracerProvider provider = Sdk.CreateTracerProviderBuilder()
            .AddSource(DoorTraces.SourceName)
            // What else this computer is called and does is nobody's business: the service alone.
            .SetResourceBuilder(ResourceBuilder.CreateEmpty()
                .AddService("doorbellface", serviceVersion: version, autoGenerateServiceInstanceId: false))
            .AddOtlpExporter(otlp =>
            {
                otlp.Endpoint = new Uri(options.Url!);
                otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                otlp.TimeoutMilliseconds = LimitMilliseconds;
            })
            .Build();
        try
        {
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }
        finally
        {
            provider.ForceFlush(LimitMilliseconds);
        }
    }
}
