namespace DoorbellFace.Trainer.Dataset;

/// <summary>Which prepared photos say the same as another one and are dropped.</summary>
internal static class DuplicatePhotos
{
    /// <summary>Marks duplicates.</summary>
    /// <param name="photos">All photos with their outcomes.</param>
    /// <returns>Photo to the one that is kept in its place: the very same file, whoever's folder it lies in, or of one person nearly the
    /// same picture.</returns>
    public static IReadOnlyDictionary<string, string> Find(IEnumerable<PreparedPhoto> photos)
    {
        var duplicates = new Dictionary<string, string>(StringComparer.Ordinal);
        // The largest face is the best crop; a copy is rarely better than what it was made from.
        PreparedPhoto[] faces = [.. photos.Where(photo => photo.Outcome == PhotoOutcome.Face && photo.Sha256 is not null)
            .OrderByDescending(photo => photo.FaceEdgePixels).ThenBy(photo => photo.Photo, StringComparer.Ordinal)];
        foreach (IGrouping<string?, PreparedPhoto> same in faces.GroupBy(photo => photo.Sha256))
        {
            foreach (PreparedPhoto copy in same.Skip(1)) duplicates.Add(copy.Photo, same.First().Photo);
        }
        foreach (IGrouping<string, PreparedPhoto> person in faces.Where(photo => !duplicates.ContainsKey(photo.Photo))
            .GroupBy(photo => photo.Person))
        {
            var kept = new List<(PreparedPhoto Photo, PictureHash Hash)>();
            foreach (PreparedPhoto photo in person)
            {
                var hash = PictureHash.Parse(photo.PictureHash!);
                PreparedPhoto? same = kept.Find(other => other.Hash.DistanceTo(hash) <= PictureHash.SamePhoto).Photo;
                if (same is null) kept.Add((photo, hash));
                else duplicates.Add(photo.Photo, same.Photo);
            }
        }
        return duplicates;
    }
}
