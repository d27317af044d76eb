using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace DoorbellFace.Benchmarks;

/// <summary>What was said of whom at the door, and how fast.</summary>
internal sealed class DoorFigures
{
    private static readonly string[] Answers =
        ["right name", "wrong name", "uncertain, right", "uncertain, wrong", "unknown", "no face", "damaged picture", "no picture",
            "no answer"];

    private readonly Dictionary<(bool IsStranger, string Answer), int> _counts = [];
    private readonly List<double> _speechLatencies = [];
    private readonly List<double> _chimeLatencies = [];
    private readonly List<double> _frameTimes = [];
    private int _rings;
    private int _ringsHeard;
    private double _memoryMebibytes;
    private JsonObject? _link;

    /// <summary>Joins what the virtual doorbell did with what the host said, by the number of the press.</summary>
    public static DoorFigures Join(VisitorPhotos visitors, IReadOnlyList<JsonObject> truth, IReadOnlyList<JsonObject> heard,
        double memoryMebibytes)
    {
        var figures = new DoorFigures { _memoryMebibytes = memoryMebibytes };
        Dictionary<int, JsonObject?> answers = AnswersByPress(heard);
        foreach (JsonObject visit in truth.Where(line => ChildProgram.NameOf(line) == "visit"))
        {
            figures._rings++;
            string? name = VisitorPhotos.NameOn(visit["photo"]!.GetValue<string>());
            bool wasHeard = answers.TryGetValue(visit["press"]!.GetValue<int>(), out JsonObject? answer);
            if (wasHeard) figures._ringsHeard++;
            (bool, string) key = (name is null, Judge(name, answer));
            figures._counts[key] = figures._counts.GetValueOrDefault(key) + 1;
        }
        figures._speechLatencies.AddRange(Numbers(heard, "speech_started", "latency_ms"));
        figures._frameTimes.AddRange(Numbers(heard, "frame", "ms"));
        // The speaker's thread may report the chime before the link's thread has reported the press: each chime belongs to the last press
        // before it.
        DateTimeOffset[] bells = [.. Times(heard, "bell")];
        foreach (DateTimeOffset chime in Times(heard, "chime_started"))
            figures._chimeLatencies.Add((chime - bells.Last(bell => bell <= chime)).TotalMilliseconds);
        figures._link = heard.LastOrDefault(line => ChildProgram.NameOf(line) == "end")?["link"]?.AsObject();
        return figures;
    }

    /// <summary>The figures as a Markdown section.</summary>
    public string ToMarkdown(string title)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"## {title}\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"{Machine.Description}.\n");
        text.AppendLine("| said | family | strangers |\n|---|---|---|");
        int family = Total(isStranger: false), strangers = Total(isStranger: true);
        foreach (string answer in Answers)
        {
            int ofFamily = Count(false, answer), ofStrangers = Count(true, answer);
            if (ofFamily + ofStrangers > 0)
                text.AppendLine(CultureInfo.InvariantCulture,
                    $"| {answer} | {Share(ofFamily, family)} | {Share(ofStrangers, strangers)} |");
        }
        text.AppendLine(CultureInfo.InvariantCulture, $"| all | {family} | {strangers} |\n");
        text.AppendLine("| | median | 90 % | worst | n |\n|---|---|---|---|---|");
        text.AppendLine(Latency("last byte of the frame to start of speech, ms", _speechLatencies));
        text.AppendLine(Latency("BELL heard to start of chime, ms", _chimeLatencies));
        text.AppendLine(Latency("looking at one frame (sweep, crop, network), ms", _frameTimes));
        text.AppendLine(CultureInfo.InvariantCulture,
            $"\nRings heard: {_ringsHeard} of {_rings}. Peak memory of `run`: {_memoryMebibytes:0} MiB.");
        if (_link is not null)
            text.AppendLine(CultureInfo.InvariantCulture,
                $"Frames: {_link["frames_whole"]} whole, {_link["frames_concealed"]} mended, {_link["frames_refused"]} refused; "
                + $"{_link["bytes_discarded"]} of {_link["bytes_received"]} bytes discarded.");
        return text.ToString();
    }

    /// <summary>For each press that the host heard: the last answer it gave before the next one, or null.</summary>
    private static Dictionary<int, JsonObject?> AnswersByPress(IReadOnlyList<JsonObject> heard)
    {
        var answers = new Dictionary<int, JsonObject?>();
        int? press = null;
        foreach (JsonObject line in heard)
        {
            switch (ChildProgram.NameOf(line))
            {
                case "bell":
                    press = line["press"]!.GetValue<int>();
                    answers.TryAdd(press.Value, null);
                    break;
                case "visitor_identified" when press is { } current:
                    answers[current] = line["visit"]!.AsObject();
                    break;
            }
        }
        return answers;
    }

    private static string Judge(string? name, JsonObject? visit)
    {
        bool isRight = visit?["name"]?.GetValue<string>() is { } said && said == name;
        return visit?["outcome"]?.GetValue<string>() switch
        {
            "known" => isRight ? "right name" : "wrong name",
            "uncertain" => isRight ? "uncertain, right" : "uncertain, wrong",
            "unknown" => "unknown",
            "no_face" => "no face",
            "damaged_picture" => "damaged picture",
            "no_picture" => "no picture",
            _ => "no answer",
        };
    }

    private static IEnumerable<double> Numbers(IReadOnlyList<JsonObject> lines, string eventName, string field) =>
        lines.Where(line => ChildProgram.NameOf(line) == eventName && line[field] is not null)
            .Select(line => line[field]!.GetValue<double>());

    private static IEnumerable<DateTimeOffset> Times(IReadOnlyList<JsonObject> lines, string eventName) =>
        lines.Where(line => ChildProgram.NameOf(line) == eventName).Select(line => line["at"]!.GetValue<DateTimeOffset>());

    private static string Latency(string name, List<double> values)
    {
        if (values.Count == 0) return $"| {name} | - | - | - | 0 |";
        double[] sorted = [.. values.Order()];
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {sorted[sorted.Length / 2]:0} | {sorted[(int)((sorted.Length - 1) * 0.9)]:0} "
            + $"| {sorted[^1]:0} | {sorted.Length} |");
    }

    private static string Share(int count, int of) =>
        of == 0 ? "-" : string.Create(CultureInfo.InvariantCulture, $"{count} ({100.0 * count / of:0} %)");

    private int Count(bool isStranger, string answer) => _counts.GetValueOrDefault((isStranger, answer));

    private int Total(bool isStranger) => Answers.Sum(answer => Count(isStranger, answer));
}
