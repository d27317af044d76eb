using System.Globalization;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.OpenCv;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>A face of a photo as it is known before anything looks for it.</summary>
/// <param name="Box">Its box.</param>
/// <param name="Landmarks">Its landmarks; those of an upright face that fills the box, where only the box is known.</param>
public readonly record struct ReferenceFace(PixelRect Box, FaceLandmarks Landmarks);

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
    public IReadOnlyList<ReferenceFace> Of(string name, PixelBuffer photo)
    {
        if (_listed is not null)
        {
            return _listed.TryGetValue(name, out List<PixelRect>? boxes)
                ? [.. boxes.OrderByDescending(box => box.Area).Select(box => new ReferenceFace(box, Upright(box)))]
                : [];
        }
        float scale = MathF.Max(1, (float)Math.Max(photo.Width, photo.Height) / LongSidePixels);
        int width = Math.Max(1, (int)(photo.Width / scale)), height = Math.Max(1, (int)(photo.Height / scale));
        var toPhoto = AffineTransform.TargetToSource(width, height, photo.Width / 2f, photo.Height / 2f, scale, Rotation.None);
        return
        [
            .. _network!.Detect(AffineSampler.Sample(photo, toPhoto, width, height), 0)
                .Select(face => face.Landmarks!.Value.Map(toPhoto))
                .Select(landmarks => new ReferenceFace(FaceGeometry.FromLandmarks(landmarks, 1).Box, landmarks))
                .OrderByDescending(face => face.Box.Area),
        ];
    }

    private static FaceLandmarks Upright(PixelRect box) =>
        FaceAlignment.Template.Map(part => new FacePoint(box.X + (part.X * box.Width), box.Y + (part.Y * box.Height)));

    /// <inheritdoc/>
    public void Dispose() => _network?.Dispose();
}
