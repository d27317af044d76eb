using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;
using DoorbellFace.Application.Doors;

namespace DoorbellFace.Web.Api;

/// <summary>
/// The figures of the door's meter (<see cref="DoorMeters"/>) since the program began, in the text format of Prometheus (version 0.0.4).
/// Written here because the exporter of OpenTelemetry for it has never left its trial versions. Thread-safe.
/// </summary>
public sealed class FiguresText : IDisposable
{
    /// <summary>The kind of what is written.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    /// <summary>More combinations of labels than a door can have: what comes then is not counted.</summary>
    private const int MostSeries = 500;

    /// <summary>Upper bounds of the buckets, in seconds: a frame takes some 20 ms, a name a second.</summary>
    private static readonly double[] Bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Family> _families = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();
    private int _series;

    /// <summary>Begins to count.</summary>
    /// <param name="meter">The meter's name.</param>
    public FiguresText(string meter = DoorMeters.MeterName)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Count(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>Everything that was counted, and how the door stands.</summary>
    public string Write(DoorFacts door)
    {
        var text = new StringBuilder();
        lock (_gate) foreach ((string name, Family family) in _families) family.Write(text, name);
        string label = Label("door", door.Door.Value);
        Gauge(text, "doorbell_up", "The doorbell is there and understood.", label, door.IsUp ? 1 : 0);
        Gauge(text, "doorbell_people", "People whom the doorbell can name.", label, door.Names.Count);
        return text.ToString();
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static void Gauge(StringBuilder text, string name, string help, string label, int value) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} gauge\n{name}{{{label}}} {value}\n");

    private void Count(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (KeyValuePair<string, object?> tag in tags) labels.Add(Label(tag.Key, tag.Value?.ToString() ?? ""));
        string series = string.Join(',', labels);
        lock (_gate)
        {
            string name = NameOf(instrument);
            if (!_families.TryGetValue(name, out Family? family)) _families[name] = family = new Family(instrument);
            if (!family.Has(series) && ++_series > MostSeries) return;
            family.Count(series, value);
        }
    }

    /// <summary>doorbell.look.duration in seconds is doorbell_look_duration_seconds, and a counter ends in _total.</summary>
    private static string NameOf(Instrument instrument)
    {
        string name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument is Counter<long> ? name + "_total" : name;
    }

    private static string Label(string key, string value) =>
        $"{key}=\"{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal)}\"";

    /// <summary>One instrument with its series.</summary>
    private sealed class Family(Instrument instrument)
    {
        private readonly bool _isHistogram = instrument is Histogram<double>;
        private readonly SortedDictionary<string, (long[] Buckets, double Sum)> _series = new(StringComparer.Ordinal);

        public bool Has(string series) => _series.ContainsKey(series);

        public void Count(string series, double value)
        {
            (long[] buckets, double sum) = _series.GetValueOrDefault(series, (new long[Bounds.Length + 1], 0));
            int bucket = Array.FindIndex(Bounds, bound => value <= bound);
            buckets[bucket < 0 ? Bounds.Length : bucket]++;
            _series[series] = (buckets, sum + value);
        }

        public void Write(StringBuilder text, string name)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {instrument.Description}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {(_isHistogram ? "histogram" : "counter")}\n");
            foreach ((string series, (long[] buckets, double sum)) in _series)
            {
                if (!_isHistogram)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{name}{{{series}}} {sum}\n");
                    continue;
                }
                long soFar = 0;
                for (int i = 0; i < Bounds.Length; i++)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{series},le=\"{Bounds[i]}\"}} {soFar += buckets[i]}\n");
                soFar += buckets[^1];
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{series},le=\"+Inf\"}} {soFar}\n");
                text.Append(CultureInfo.InvariantCulture, $"{name}_sum{{{series}}} {sum}\n{name}_count{{{series}}} {soFar}\n");
            }
        }
    }
}
