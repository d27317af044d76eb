using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.OpenCv;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>Where a photo's faces really are, in its own pixels: read from a CSV file, or found by YuNet at high resolution.</summary>
public sealed class ReferenceFaces : IDisposable
{
    /// <summary>
    /// Longer side of the photo in which YuNet looks: twice the doorbell's frame. In larger ones it begins to miss faces that fill the
    /// photo.
    /// </summary>
    private const int LongSidePixels = 640;

    private const float MinConfidence = 0.6f;

    private const string Header = "file,x,y,width,height";

    private readonly YuNetFaceDetector? _network;
    private readonly Dictionary<string, List<PixelRect>>? _listed;

    private ReferenceFaces(YuNetFaceDetector? network, Dictionary<string, List<PixelRect>>? listed) =>
        (_network, _listed) = (network, listed);

    /// <summary>Reference places found by YuNet.</summary>
    public static ReferenceFaces FromYuNet(string modelPath) => new(new YuNetFaceDetector(modelPath, MinConfidence), null);

    /// <summary>
    /// Reference places read from a file with the columns file, x, y, width, height: a photo's path in its folder, and a box in its pixels.
    /// </summary>
    /// <exception cref="DoorbellException">The file is missing or not of that form.</exception>
    public static ReferenceFaces FromCsv(string path)
    {
        if (!File.Exists(path))
            throw new DoorbellException(ErrorKind.NotFound, $"There is no file '{path}'. Expected a CSV file with the columns {Header}.");
        var listed = new Dictionary<string, List<PixelRect>>(StringComparer.Ordinal);
        string[] lines = File.ReadAllLines(path);
        if (lines.Length == 0 || lines[0].Trim() != Header)
            throw new DoorbellException(ErrorKind.UnusableInput,
                $"'{path}' must begin with the line {Header}; it begins with '{lines.FirstOrDefault()}'.");
        for (int i = 1; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            string[] cells = lines[i].Split(',');
            var numbers = new float[4];
            for (int n = 0; n < numbers.Length; n++)
            {
                if (cells.Length != 5 || !float.TryParse(cells[n + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[n])
                    || (n >= 2 && numbers[n] <= 0))
                    throw new DoorbellException(ErrorKind.UnusableInput,
                        $"'{path}', line {i + 1}: expected {Header} with numbers, width and height above 0; found '{lines[i]}'.");
            }
            string photo = cells[0].Trim();
            if (!listed.TryGetValue(photo, out List<PixelRect>? boxes)) listed.Add(photo, boxes = []);
            boxes.Add(PixelRect.SquareAround(numbers[0] + (numbers[2] / 2), numbers[1] + (numbers[3] / 2),
                MathF.Sqrt(numbers[2] * numbers[3])));
        }
        return new ReferenceFaces(null, listed);
    }

    /// <summary>The faces of a photo, the largest first; empty when none is known.</summary>
    /// <param name="name">The photo's path in its folder.</param>
    /// <param name="photo">Rgb24.</param>
    public IReadOnlyList<PixelRect> Of(string name, PixelBuffer photo)
    {
        if (_listed is not null)
            return _listed.TryGetValue(name, out List<PixelRect>? boxes) ? [.. boxes.OrderByDescending(box => box.Area)] : [];
        float scale = MathF.Max(1, (float)Math.Max(photo.Width, photo.Height) / LongSidePixels);
        int width = Math.Max(1, (int)(photo.Width / scale)), height = Math.Max(1, (int)(photo.Height / scale));
        var toPhoto = AffineTransform.TargetToSource(width, height, photo.Width / 2f, photo.Height / 2f, scale, Rotation.None);
        return
        [
            .. _network!.Detect(AffineSampler.Sample(photo, toPhoto, width, height), 0)
                .Select(face => FaceGeometry.FromLandmarks(face.Landmarks!.Value.Map(toPhoto), face.Confidence).Box)
                .OrderByDescending(box => box.Area),
        ];
    }

    /// <inheritdoc/>
    public void Dispose() => _network?.Dispose();
}
