using System.Security.Cryptography;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using DoorbellFace.Vision.Photos;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>
/// Cuts the largest face out of every photo, upright, with the margin that the network is trained with. Finds faces as the host does, so
/// that the network learns from crops like those it will see. The photos are only read.
/// </summary>
internal sealed class FacePreparation
{
    /// <summary>The report is written after so many photos, so that little is done twice after a kill.</summary>
    private const int PhotosBetweenReports = 20;

    private readonly string _photos, _output;
    private readonly IFaceFinder _finder;
    private readonly float _margin;

    /// <summary>Prepares one folder.</summary>
    /// <param name="photos">Folder with a folder for each person, or with loose photos, or both.</param>
    /// <param name="output">Folder for crops and report; created. It may hold an earlier run's, which is continued.</param>
    /// <param name="finder">Finds the faces.</param>
    /// <param name="settings">Says the margin.</param>
    /// <exception cref="UserErrorException">There are no photos, or one of the folders lies in the other.</exception>
    public FacePreparation(string photos, string output, IFaceFinder finder, PreprocessorSettings settings)
    {
        _photos = Path.TrimEndingDirectorySeparator(Path.GetFullPath(photos));
        _output = Path.TrimEndingDirectorySeparator(Path.GetFullPath(output));
        if (!Directory.Exists(_photos))
            throw new UserErrorException($"There is no folder '{photos}'. Expected a folder with one folder of photos for each person.");
        if (_output == _photos || Contains(_photos, _output) || Contains(_output, _photos))
            throw new UserErrorException(
                $"PHOTOS ('{photos}') and OUT ('{output}') must lie apart, so that no crop is ever taken for a photo. Choose another "
                + $"folder for OUT.");
        _finder = finder;
        _margin = settings.FaceMargin;
        Folder = PhotoFolder.Read(_photos);
        if (Photos.Count == 0)
            throw new UserErrorException(
                $"There is no photo in '{photos}'. Expected one folder for each person, with JPEG, PNG, HEIC, AVIF, WebP, TIFF, BMP or GIF "
                + $"files in it: {Path.Combine(photos, "Anna", "1.jpg")}");
    }

    /// <summary>What is in the folder of photos, and what of it was passed over.</summary>
    public PhotoFolder Folder { get; }

    /// <summary>The photos, relative to their folder, in ordinal order.</summary>
    public IReadOnlyList<string> Photos => Folder.Photos;

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
        if (!stop.IsCancellationRequested) done = WithoutDuplicates(done);
        PreparationReport.Write(_output, stop.IsCancellationRequested ? earlier.Values : done);
        return done;
    }

    private static bool Contains(string outer, string inner) =>
        inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>
    /// A crop is called as its photo, as PNG; where two photos differ in their ending only, the ending stays in the name.
    /// </summary>
    private IEnumerable<(string Photo, string Crop)> CropNames()
    {
        var stems = Photos.CountBy(photo => Path.ChangeExtension(photo, null), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(StringComparer.OrdinalIgnoreCase);
        return Photos.Select(photo =>
            (photo, (stems[Path.ChangeExtension(photo, null)] > 1 ? photo : Path.ChangeExtension(photo, null)) + ".png"));
    }

    private PreparedPhoto? Unchanged(Dictionary<string, PreparedPhoto> earlier, string photo)
    {
        var file = new FileInfo(Path.Combine(_photos, photo));
        if (!file.Exists || !earlier.TryGetValue(photo, out PreparedPhoto? known) || known.Bytes != file.Length
            || known.ModifiedAt != file.LastWriteTimeUtc) return null;
        // A copy counts again when what it was a copy of has gone; a report from before copies were looked for knows nothing of them.
        if (known.Outcome == PhotoOutcome.Duplicate && !Photos.Contains(known.DuplicateOf!)) return null;
        if (known is { Outcome: PhotoOutcome.Face, Sha256: null }) return null;
        return known.Crop is null || File.Exists(Path.Combine(_output, known.Crop)) ? known : known with
        {
            Outcome = PhotoOutcome.Removed, Crop = null,
        };
    }

    private PreparedPhoto Prepare(string photo, string crop)
    {
        var file = new FileInfo(Path.Combine(_photos, photo));
        // One that has gone since the folder was listed is told of like one that cannot be read.
        PreparedPhoto result = file.Exists
            ? new(photo, file.Length, file.LastWriteTimeUtc, PhotoOutcome.NoFace)
            : new(photo, 0, default, PhotoOutcome.NoFace);
        PictureReading reading = PictureFile.TryRead(file.FullName);
        if (!reading.Succeeded) return result with { Outcome = PhotoOutcome.Unreadable, Reason = reading.Reason };
        FaceDetection[] faces = Detect(reading.Picture);
        if (faces.Length == 0) return result;

        string path = Path.Combine(_output, crop);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        PictureFile.Write(path, FaceCropper.Crop(reading.Picture, faces[0], _margin, FaceDataset.CropEdgePixels));
        return result with
        {
            Outcome = PhotoOutcome.Face,
            Crop = crop,
            Faces = faces.Length,
            AngleDegrees = faces[0].Rotation.Degrees,
            FaceEdgePixels = faces[0].Box.Width,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.FullName))),
            PictureHash = PictureHash.Of(reading.Picture).ToString(),
        };
    }

    /// <summary>Faces in the photo's own coordinates, the largest first.</summary>
    private FaceDetection[] Detect(PixelBuffer photo)
    {
        PixelBuffer gray = PixelConversion.ToGray8(photo);
        FaceDetection[] faces = [.. PhotoSearch.Find(_finder, gray)];
        return faces.Length > 0 ? faces : [.. PhotoSearch.Find(_finder, gray, PhotoSearch.Surroundings)];
    }

    /// <summary>Takes the crops of duplicates out again: they are of this program's making, and the photos stay.</summary>
    private List<PreparedPhoto> WithoutDuplicates(List<PreparedPhoto> photos)
    {
        IReadOnlyDictionary<string, string> duplicates = DuplicatePhotos.Find(photos);
        foreach (PreparedPhoto photo in photos.Where(photo => duplicates.ContainsKey(photo.Photo)))
            File.Delete(Path.Combine(_output, photo.Crop!));
        return [.. photos.Select(photo =>
            duplicates.TryGetValue(photo.Photo, out string? kept)
                ? photo with { Outcome = PhotoOutcome.Duplicate, Crop = null, DuplicateOf = kept }
                : photo)];
    }
}
