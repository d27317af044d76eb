using System.Text;
using System.Text.Json;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;

namespace DoorbellFace.Measuring;

/// <summary>
/// Where the face lies in each photo, looked for once and kept in a file: another backbone then costs its own time and not the search's.
/// Holds for one detector and one landmark network; whoever changes these deletes the file.
/// </summary>
public sealed class FoundFaces : IDisposable
{
    private readonly Dictionary<(string Photo, int Camera, int Frame), FaceLandmarks?> _known = [];
    private readonly StreamWriter? _file;

    /// <summary>Opens a file, or begins one.</summary>
    /// <param name="path">The file; null keeps everything in memory alone.</param>
    /// <exception cref="DoorbellException">It is no such file, or another program writes it.</exception>
    public FoundFaces(string? path)
    {
        if (path is null) return;
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            using (var reader = new StreamReader(file, leaveOpen: true))
            {
                string text = reader.ReadToEnd();
                // Whoever was killed may have left half a line.
                string whole = text[..(text.LastIndexOf('\n') + 1)];
                foreach (string line in whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)) Know(line);
                file.SetLength(Encoding.UTF8.GetByteCount(whole));
            }
            file.Seek(0, SeekOrigin.End);
            _file = new StreamWriter(file) { AutoFlush = true };
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            throw new DoorbellException(ErrorKind.UnusableInput,
                $"'{path}' cannot be used to keep where faces lie: {error.Message} Delete it, or name another file.");
        }
    }

    /// <summary>Where the face is; looked for if that is not known yet. Null when none is seen.</summary>
    /// <param name="photo">The photo's path below the data folder.</param>
    /// <param name="camera">Height of the face in the doorbell's frame; null for the photo as it is.</param>
    /// <param name="frame">Number of that frame, from 0.</param>
    /// <param name="look">Looks for it.</param>
    public FaceLandmarks? In(string photo, int? camera, int frame, Func<FaceLandmarks?> look)
    {
        (string, int, int) key = (photo, camera ?? 0, frame);
        if (_known.TryGetValue(key, out FaceLandmarks? landmarks)) return landmarks;
        _known[key] = landmarks = look();
        _file?.WriteLine(
            JsonSerializer.Serialize(new Entry(photo, camera ?? 0,
                landmarks is { } found ? [.. found.Points.SelectMany(point => (float[])[point.X, point.Y])] : null, frame)));
        return landmarks;
    }

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    private void Know(string line)
    {
        Entry entry = JsonSerializer.Deserialize<Entry>(line)!;
        _known[(entry.Photo, entry.Camera, entry.Frame)] = entry.Landmarks is { } numbers
            ? FaceLandmarks.FromPoints([.. numbers.Chunk(2).Select(pair => new FacePoint(pair[0], pair[1]))])
            : null;
    }

    private sealed record Entry(string Photo, int Camera, float[]? Landmarks, int Frame = 0);
}
