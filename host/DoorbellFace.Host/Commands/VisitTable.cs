using System.Globalization;
using System.Text;
using DoorbellFace.Core.Visits;
using DoorbellFace.Application.Visits;

namespace DoorbellFace.Host.Commands;

/// <summary>
/// Visits for people, in the computer's own time zone. Plain columns without frames: a screen reader reads every line of a frame aloud.
/// </summary>
internal static class VisitTable
{
    private const int ShortIdLength = 8;

    /// <summary>
    /// A line of headings, and one line for each visit, however narrow the terminal is: what an id has lost finds no visit.
    /// </summary>
    public static IEnumerable<string> Of(IReadOnlyList<VisitRecord> visits)
    {
        string[][] rows =
        [
            ["ID", "When", "Began by", "Lasted", "Who"],
            .. visits.Select(visit =>
                (string[])[visit.Id.ToString()[^ShortIdLength..], Local(visit.StartedAt), BeganBy(visit), Lasted(visit),
                    VisitWords.Caption(visit)]),
        ];
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    /// <summary>All of one visit, a line for each fact.</summary>
    public static string Describe(VisitRecord visit)
    {
        var text = new StringBuilder();
        Line("Visit", visit.Id.ToString());
        Line("Began", $"{Local(visit.StartedAt)}, by {BeganBy(visit)}");
        Line("Ended", visit.EndedAt is { } end ? $"{Local(end)}, after {Lasted(visit)}" : "not yet");
        Line("Who", VisitWords.Caption(visit));
        foreach (string reason in visit.Reasons) Line("Why", reason);
        Line("Frames",
            string.Create(CultureInfo.InvariantCulture,
            $"{visit.FramesSeen} looked at, {visit.FramesWithFace} of them with a face; {visit.FramesRefused} too damaged"));
        Line("Picture", visit.PicturePath ?? "none");
        return text.ToString().TrimEnd();

        void Line(string heading, string value) => text.AppendLine(CultureInfo.InvariantCulture, $"{heading + ":",-9}{value}");
    }

    private static string Local(DateTimeOffset time) => time.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string BeganBy(VisitRecord visit) => visit.StartedBy switch
    {
        VisitStart.Ring => visit.Rings > 1 ? string.Create(CultureInfo.InvariantCulture, $"ring ({visit.Rings} times)") : "ring",
        VisitStart.Face => visit.Rings > 0 ? "face, then ring" : "face",
        VisitStart.Look => "look",
        _ => visit.Rings > 0 ? "motion, then ring" : "motion",
    };

    private static string Lasted(VisitRecord visit) =>
        visit.EndedAt is { } end ? string.Create(CultureInfo.InvariantCulture, $"{(end - visit.StartedAt).TotalSeconds:0} s") : "goes on";
}
