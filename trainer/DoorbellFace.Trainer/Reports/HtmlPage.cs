using System.Net;
using System.Text;

namespace DoorbellFace.Trainer.Reports;

/// <summary>
/// A page that is one file: it fetches nothing. Made to be listened to as well: a language, one main heading, tables with captions and
/// headings of rows and columns, and words for every picture.
/// </summary>
internal sealed class HtmlPage(string title)
{
    private const string Style =
        "body{font:1rem/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
        + "table{border-collapse:collapse;margin:1rem 0}caption{text-align:left;font-weight:600;padding:.3rem 0}"
        + "th,td{border:1px solid #767676;padding:.25rem "
        + ".6rem;text-align:right}th{background:#f0f0f0}th:first-child,td:first-child{text-align:left}"
        // A table that is wider than a phone is moved under the finger, by itself and not with the page.
        + ".wide{overflow-x:auto}code{overflow-wrap:anywhere}"
        + "figure{margin:1.5rem 0}img{max-width:100%;height:auto;border:1px solid #c0c0c0}figcaption{color:#404040}";

    private readonly StringBuilder _body = new();

    /// <summary>A heading of the second order.</summary>
    public HtmlPage Heading(string text) => Add($"<h2>{Text(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public HtmlPage Paragraph(string text) => Add($"<p>{Text(text)}</p>");

    /// <summary>A table whose first column names the rows.</summary>
    public HtmlPage Table(string caption, IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        string columns = string.Concat(headings.Select(heading => $"<th scope=\"col\">{Text(heading)}</th>"));
        Add($"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{Text(caption)}\"><table>"
            + $"<caption>{Text(caption)}</caption><thead><tr>{columns}</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows)
            Add($"<tr><th scope=\"row\">{Text(row[0])}</th>{string.Concat(row.Skip(1).Select(cell => $"<td>{Text(cell)}</td>"))}</tr>");
        return Add("</tbody></table></div>");
    }

    /// <summary>A picture that is in the page itself.</summary>
    /// <param name="svg">The picture.</param>
    /// <param name="alternative">What it shows, in words, for those who do not see it.</param>
    /// <param name="caption">What it is.</param>
    public HtmlPage Figure(string svg, string alternative, string caption) =>
        Add($"<figure><img alt=\"{Text(alternative)}\" "
            + $"src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(svg))}\">"
            + $"<figcaption>{Text(caption)}</figcaption></figure>");

    /// <summary>The whole page.</summary>
    public override string ToString() =>
        $"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
        + $"initial-scale=1\">\n<title>{Text(title)}</title>\n<style>{Style}</style>\n</head>\n<body>\n<main>\n"
        + $"<h1>{Text(title)}</h1>\n{_body}</main>\n</body>\n</html>\n";

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private HtmlPage Add(string html)
    {
        _body.Append(html).Append('\n');
        return this;
    }
}
