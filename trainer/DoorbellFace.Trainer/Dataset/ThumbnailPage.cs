using System.Net;
using System.Text;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// A page with pictures in it that needs nothing beside itself: it can be sent, kept and read without a network. Every picture has its
/// words, too.
/// </summary>
/// <param name="title">What it is about.</param>
internal sealed class ThumbnailPage(string title)
{
    private const int LongSidePixels = 128;

    private readonly StringBuilder _body = new();
    private bool _isInGrid;

    /// <summary>A heading.</summary>
    public ThumbnailPage Heading(string text) => Add($"<h2>{Text(text)}</h2>");

    /// <summary>A paragraph.</summary>
    public ThumbnailPage Paragraph(string text) => Add($"<p>{Text(text)}</p>");

    /// <summary>A command, as it is typed.</summary>
    public ThumbnailPage Command(string line) => Add($"<p><code>{Text(line)}</code></p>");

    /// <summary>A picture with its words; several in a row stand beside each other.</summary>
    /// <param name="picture">Any size, any format.</param>
    /// <param name="caption">What it is called.</param>
    /// <param name="shows">What is to be seen on it, in words, for those who do not see it.</param>
    /// <param name="warning">What is wrong with it, if anything; it is marked then.</param>
    public ThumbnailPage Thumbnail(PixelBuffer picture, string caption, string shows, string? warning = null)
    {
        if (!_isInGrid) _body.Append("<div class=\"grid\">\n");
        _isInGrid = true;
        string image = Convert.ToBase64String(PictureFile.EncodeJpeg(Reduced(picture)));
        string alt = Text(warning is null ? shows : $"{shows}; {warning}");
        _body.Append(
            $"<figure{(warning is null ? "" : " class=\"marked\"")}><img alt=\"{alt}\" "
            + $"src=\"data:image/jpeg;base64,{image}\"><figcaption>{Text(caption)}");
        if (warning is not null) _body.Append($"<br><strong>{Text(warning)}</strong>");
        _body.Append("</figcaption></figure>\n");
        return this;
    }

    /// <summary>Writes the page whole, over what was there before.</summary>
    public void Write(string path)
    {
        CloseGrid();
        WholeFile.WriteText(path, $$"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{{Text(title)}}</title><style>
            body {
                font: 16px sans-serif; margin: 0 auto; padding: 1em; max-width: 75em; color: #1a1a1a; background: #fff;
                overflow-wrap: anywhere;
            }
            .grid { display: flex; flex-wrap: wrap; gap: 10px; }
            figure { margin: 0; padding: 5px; width: 138px; border: 2px solid #767676; }
            figure.marked { border: 4px solid #b00020; }
            img { display: block; max-width: 128px; margin: auto; }
            figcaption { font-size: 13px; overflow-wrap: anywhere; }
            </style></head><body><main><h1>{{Text(title)}}</h1>
            {{_body}}</main></body></html>

            """);
    }

    private ThumbnailPage Add(string html)
    {
        CloseGrid();
        _body.Append(html).Append('\n');
        return this;
    }

    private void CloseGrid()
    {
        if (_isInGrid) _body.Append("</div>\n");
        _isInGrid = false;
    }

    private static PixelBuffer Reduced(PixelBuffer picture)
    {
        float scale = (float)Math.Max(picture.Width, picture.Height) / LongSidePixels;
        if (scale <= 1) return picture;
        PixelBuffer source = picture.Format == PixelFormat.Gray8 ? picture : PixelConversion.ToRgb24(picture);
        return AffineSampler.Sample(source, new AffineTransform(scale, 0, 0, 0, scale, 0), Math.Max(1, (int)(source.Width / scale)),
            Math.Max(1, (int)(source.Height / scale)));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
