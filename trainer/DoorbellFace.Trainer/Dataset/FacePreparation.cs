using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Cuts the largest face out of every photo, upright, with the margin that the network is trained with. Finds faces as the host does, so that
/// the network learns from crops like those it will see. The photos are only read.
/// </summary>
internal sealed class FacePreparation
{
    /// <summary>
    /// Larger photos are searched at this size (longer side): twice the doorbell's frame, since in photos people stand farther off. The crop
    /// is cut from the photo as it is.
    /// </summary>
    private const int SearchLongSidePixels = 640;

    /// <summary>The report is written after so many photos, so that little is done twice after a kill.</summary>
    private const int PhotosBetweenReports = 20;

    private readonly string _photos, _output;
    private readonly IFaceFinder _finder;
    private readonly float _margin;

    /// <summary>Prepares one folder.</summary>
    /// <param name="photos">Folder with a folder for each person, or with loose photos, or both.</param>
    /// <param name="output">Folder for crops and report; created. It may hold an earlier run's, which is gone on from.</param>
    /// <param name="finder">Finds the faces.</param>
    /// <param name="settings">Says the margin.</param>
    /// <exception cref="UserErrorException">There are no photos, or one of the folders lies in the other.</exception>
    public FacePreparation(string photos, string output, IFaceFinder finder, PreprocessorSettings settings)
    {
        _photos = Path.TrimEndingDirectorySeparator(Path.GetFullPath(photos));
        _output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (!Directory.Exists(_photos)) throw new UserErrorException($"There is no folder '{photos}'. Expected a folder with one folder of photos for each person.");
        if (_output == _photos || Contains(_photos, _output) || Contains(_output, _photos))
            throw new UserErrorException($"PHOTOS ('{photos}') and OUT ('{output}') must lie apart, so that no crop is ever taken for a photo. Choose another folder for OUT.");
        _finder = finder;
        _margin = settings.FaceMargin;
        Photos = List(_photos);
        if (Photos.Count == 0)
            throw new UserErrorException($"There is no photo in '{photos}'. Expected one folder for each person, with PNG, JPEG, BMP, WebP or TIFF files in it: {Path.Combine(photos, "Anna", "1.jpg")}");
    }

    /// <summary>The photos, relative to their folder, in ordinal order.</summary>
    public IReadOnlyList<string> Photos { get; }

    /// <summary>Goes through all photos that are not yet in the report.</summary>
    /// <param name="onPhoto">Called after each photo.</param>
    /// <param name="stop">Ends the work after the photo at hand; the next run goes on.</param>
    /// <returns>Every photo with its outcome, those of earlier runs included; photos not reached are missing.</returns>
    public IReadOnlyList<PreparedPhoto> Run(Action onPhoto, CancellationToken stop)
    {
        Dictionary<string, PreparedPhoto> earlier = PreparationReport.Read(_output);
        Directory.CreateDirectory(_output);
        var done = new List<PreparedPhoto>();
        int written = 0;
        PreparationReport.Write(_output, earlier.Values);
        foreach ((string photo, string crop) in CropNames())
        {
            if (stop.IsCancellationRequested) break;
            PreparedPhoto prepared = Unchanged(earlier, photo) ?? Prepare(photo, crop);
            done.Add(prepared);
            // What is not yet reached stays in the report, and is not looked at again either.
            earlier[photo] = prepared;
            if (++written % PhotosBetweenReports == 0) PreparationReport.Write(_output, earlier.Values);
            onPhoto();
        }
        PreparationReport.Write(_output, stop.IsCancellationRequested ? earlier.Values : done);
        return done;
    }

    private static List<string> List(string root)
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(root).Where(path => !Path.GetFileName(path).StartsWith('.')).Prepend(root);
        return
        [
            .. folders.SelectMany(Directory.EnumerateFiles)
                .Where(path => !Path.GetFileName(path).StartsWith('.') && PictureFile.HasPictureExtension(path))
                .Select(path => Path.GetRelativePath(root, path))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool Contains(string outer, string inner) => inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>A crop is called as its photo, as PNG; where two photos differ in their ending only, the ending stays in the name.</summary>
    private IEnumerable<(string Photo, string Crop)> CropNames()
    {
        var stems = Photos.CountBy(photo => Path.ChangeExtension(photo, null), StringComparer.OrdinalIgnoreCase).ToDictionary(StringComparer.OrdinalIgnoreCase);
        return Photos.Select(photo => (photo, (stems[Path.ChangeExtension(photo, null)] > 1 ? photo : Path.ChangeExtension(photo, null)) + ".png"));
    }

    private PreparedPhoto? Unchanged(Dictionary<string, PreparedPhoto> earlier, string photo)
    {
        var file = new FileInfo(Path.Combine(_photos, photo));
        if (!earlier.TryGetValue(photo, out PreparedPhoto? known) || known.Bytes != file.Length || known.ModifiedAt != file.LastWriteTimeUtc) return null;
        return known.Crop is null || File.Exists(Path.Combine(_output, known.Crop)) ? known : known with { Outcome = PhotoOutcome.Removed, Crop = null };
    }

    private PreparedPhoto Prepare(string photo, string crop)
    {
        var file = new FileInfo(Path.Combine(_photos, photo));
        var result = new PreparedPhoto(photo, file.Length, file.LastWriteTimeUtc, PhotoOutcome.NoFace);
        PictureReading reading = PictureFile.TryRead(file.FullName);
        if (!reading.Succeeded) return result with { Outcome = PhotoOutcome.Unreadable, Reason = reading.Reason };
        IReadOnlyList<FaceDetection> faces = Detect(reading.Picture);
        if (faces.Count == 0) return result;

        string path = Path.Combine(_output, crop);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PictureFile.Write(path, FaceCropper.Crop(reading.Picture, faces[0], _margin, FaceDataset.CropEdgePixels));
        return result with
        {
            Outcome = PhotoOutcome.Face,
            Crop = crop,
            Faces = faces.Count,
            AngleDegrees = faces[0].Rotation.Degrees,
            FaceEdgePixels = faces[0].Box.Width,
        };
    }

    /// <summary>Faces in the photo's own coordinates, the largest first.</summary>
    private IReadOnlyList<FaceDetection> Detect(PixelBuffer photo)
    {
        float scale = (float)Math.Max(photo.Width, photo.Height) / SearchLongSidePixels;
        if (scale <= 1) return _finder.Detect(photo);
        PixelBuffer gray = PixelConversion.ToGray8(photo);
        int width = Math.Max(1, (int)(photo.Width / scale)), height = Math.Max(1, (int)(photo.Height / scale));
        var map = AffineTransform.TargetToSource(width, height, photo.Width / 2f, photo.Height / 2f, scale, Rotation.None);
        return
        [
            .. _finder.Detect(AffineSampler.Sample(gray, map, width, height)).Select(face =>
            {
                (float x, float y) = map.Apply(face.Box.CenterX, face.Box.CenterY);
                return face with { Box = PixelRect.SquareAround(x, y, face.Box.Width * scale) };
            }),
        ];
    }
}
