using System.Globalization;
using DoorbellFace.Core.Visits;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Writes the picture of each ended visit into a folder, with box and caption, for people who look at it.</summary>
internal sealed class PictureSink(string folder) : IVisitSink
{
    private int _count;

    /// <summary>The pictures written so far.</summary>
    public IReadOnlyList<string> Written => _written;

    private readonly List<string> _written = [];

    /// <inheritdoc/>
    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        if (visitEvent is not VisitEnded || picture is null) return;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"visit-{++_count:00}.png"));
        PictureFile.Write(path, FrameAnnotator.Annotate(picture.Pixels, picture.Face, VisitWords.Caption(visitEvent.Visit)));
        _written.Add(path);
    }
}
