namespace DoorbellFace.Home.Traces;

/// <summary>Who collects traces. Without an address nothing is sent.</summary>
public sealed record TraceOptions
{
    /// <summary>
    /// The collector's address for traces by OTLP over HTTP, such as "http://collector:4318/v1/traces"; null (the default): none.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>Traces are sent.</summary>
    public bool IsOn => Url is not null;

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"))
            yield return $"traces.otlp.url is \"{Url}\": expected an address such as http://collector:4318/v1/traces.";
    }
}
