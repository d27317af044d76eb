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
    /// <exception cref="DoorbellException">It is no such file.</exception>
    public FoundFaces(string? path)
    {
        if (path is null) return;
        try
        {
            if (File.Exists(path))
            {
                foreach (string line in File.ReadLines(path))
                {
                    Entry entry = JsonSerializer.Deserialize<Entry>(line)!;
                    _known[(entry.Photo, entry.Camera, entry.Frame)] = entry.Landmarks is { } numbers
                        ? FaceLandmarks.FromPoints([.. numbers.Chunk(2).Select(pair => new FacePoint(pair[0], pair[1]))])
                        : null;
                }
            }
            _file = new StreamWriter(path, append: true) { AutoFlush = true };
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
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

    private sealed record Entry(string Photo, int Camera, float[]? Landmarks, int Frame = 0);
}
