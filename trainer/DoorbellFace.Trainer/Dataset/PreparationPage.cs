using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Dataset;

/// <summary>The report as a page, prepare.html: the photos in which no face was found, to be looked at, and what was dropped.</summary>
internal static class PreparationPage
{
    /// <summary>The page's file name.</summary>
    public const string FileName = "prepare.html";

    /// <summary>Writes the page over what was there before.</summary>
    /// <param name="photos">The folder of the photos.</param>
    /// <param name="output">The folder of the crops, where the page goes.</param>
    /// <param name="done">All photos with their outcomes.</param>
    public static void Write(string photos, string output, IReadOnlyList<PreparedPhoto> done)
    {
        var page = new ThumbnailPage("Faces cut out of photos");
        int Count(PhotoOutcome outcome) => done.Count(photo => photo.Outcome == outcome);
        page.Paragraph(
            $"{done.Count} photos: a face in {Count(PhotoOutcome.Face)}, none in {Count(PhotoOutcome.NoFace)}, "
            + $"{Count(PhotoOutcome.Duplicate)} shown already by another photo, {Count(PhotoOutcome.Unreadable)} not readable, "
            + $"{Count(PhotoOutcome.Removed)} crops deleted by hand.");
        foreach (IGrouping<string, PreparedPhoto> person in Of(done, PhotoOutcome.NoFace).GroupBy(photo => photo.Person))
        {
            page.Heading($"No face was found: {(person.Key.Length == 0 ? "loose photos" : person.Key)}");
            foreach (PreparedPhoto photo in person)
                Add(page, photos, photo, Path.GetFileName(photo.Photo), $"Photo{Of(photo)} in which no face was found");
        }
        if (Count(PhotoOutcome.Duplicate) > 0) page.Heading("Shown already by another photo");
        foreach (PreparedPhoto photo in Of(done, PhotoOutcome.Duplicate))
            Add(page, photos, photo, $"{photo.Photo}, as {photo.DuplicateOf}", $"Photo{Of(photo)} that {photo.DuplicateOf} shows already");
        if (Count(PhotoOutcome.Unreadable) > 0) page.Heading("Not readable as a picture");
        foreach (PreparedPhoto photo in Of(done, PhotoOutcome.Unreadable)) page.Paragraph(photo.Reason!);
        page.Write(Path.Combine(output, FileName));
    }

    private static IEnumerable<PreparedPhoto> Of(IReadOnlyList<PreparedPhoto> done, PhotoOutcome outcome) =>
        done.Where(photo => photo.Outcome == outcome).OrderBy(photo => photo.Photo, StringComparer.Ordinal);

    private static string Of(PreparedPhoto photo) => photo.Person.Length == 0 ? "" : $" of {photo.Person}";

    private static void Add(ThumbnailPage page, string photos, PreparedPhoto photo, string caption, string shows)
    {
        PictureReading reading = PictureFile.TryRead(Path.Combine(photos, photo.Photo));
        if (reading.Succeeded) page.Thumbnail(reading.Picture, caption, shows);
    }
}
