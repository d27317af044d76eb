using System.Globalization;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Visits;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Screens;

/// <summary>Writes the picture of each ended visit into a folder, with box and caption, for people who look at it.</summary>
internal sealed class PictureSubscriber(string folder) : IDoorSubscriber
{
    private readonly List<string> _written = [];

    /// <inheritdoc/>
    public string Name => "the pictures";

    /// <summary>The pictures written so far.</summary>
    public IReadOnlyList<string> Written => _written;

    /// <inheritdoc/>
    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (happened is not VisitChanged { Happened: VisitEnded { Visit: var visit }, Picture: { } picture })
            return ValueTask.CompletedTask;
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"visit-{_written.Count + 1:00}.png"));
        PictureFile.Write(path, FrameAnnotator.Annotate(picture.Pixels, picture.Face, VisitWords.Caption(visit)));
        _written.Add(path);
        return ValueTask.CompletedTask;
    }
}
