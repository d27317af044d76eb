using System.Globalization;
using System.Text;
using DoorbellFace.Core.Visits;
using DoorbellFace.Application.Visits;
using Spectre.Console;

namespace DoorbellFace.Host.Commands;

/// <summary>Visits for people, in the computer's own time zone. Plain columns without frames: a screen reader reads every line of a frame aloud.</summary>
internal static class VisitTable
{
    private const int ShortIdLength = 8;

    /// <summary>One line for each visit.</summary>
    public static Table Of(IReadOnlyList<VisitRecord> visits)
    {
        var table = new Table().NoBorder();
        foreach (string heading in new[] { "When", "Who", "Began by", "Lasted", "ID" }) table.AddColumn(new TableColumn(heading).NoWrap());
        foreach (VisitRecord visit in visits)
        {
            string[] cells = [Local(visit.StartedAt), VisitWords.Caption(visit), BeganBy(visit), Lasted(visit), visit.Id.ToString()[^ShortIdLength..]];
            table.AddRow(cells.Select(Markup.Escape).ToArray());
        }
        return table;
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
        Line("Frames", string.Create(CultureInfo.InvariantCulture, $"{visit.FramesSeen} looked at, {visit.FramesWithFace} of them with a face; {visit.FramesRefused} too damaged"));
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
