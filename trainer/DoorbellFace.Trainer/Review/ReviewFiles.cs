using System.Text.Json;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Review;

/// <summary>
/// What a review leaves on the disk: beside the people's folders review.json (what --apply sets aside; entries may be taken out of it before) and
/// review.html, the contact sheet; and beside the folder of faces, FACES-set-aside with what was set aside.
/// </summary>
internal sealed class ReviewFiles(string faces)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly string _faces = Path.TrimEndingDirectorySeparator(Path.GetFullPath(faces));

    /// <summary>The suggestions.</summary>
    public string List => Path.Combine(_faces, "review.json");

    /// <summary>The contact sheet.</summary>
    public string Page => Path.Combine(_faces, "review.html");

    /// <summary>Where crops are set aside.</summary>
    public string SetAsideFolder => _faces + "-set-aside";

    /// <summary>Writes both.</summary>
    public void Write(IReadOnlyList<ReviewedCrop> crops, IReadOnlyList<CropSuggestion> suggestions)
    {
        WholeFile.WriteText(List, JsonSerializer.Serialize(suggestions, Json) + "\n");
        var reasons = suggestions.ToDictionary(suggestion => suggestion.Crop);
        var page = new ThumbnailPage("Faces, person by person");
        page.Paragraph($"{suggestions.Count} of {crops.Count} faces look wrong and are marked. ./doorbell review {_faces} --apply sets them aside, into {SetAsideFolder}; --undo brings them back. What is right may be taken out of {List} before.");
        foreach (IGrouping<string, ReviewedCrop> person in crops.GroupBy(crop => crop.Person))
        {
            page.Heading($"{person.Key}: {person.Count()} faces");
            // The marked ones first, so that nobody scrolls for them.
            foreach (ReviewedCrop crop in person.OrderBy(crop => reasons.ContainsKey(crop.Crop) ? 0 : 1))
            {
                PictureReading reading = PictureFile.TryRead(Path.Combine(_faces, crop.Crop));
                if (reading.Succeeded) page.Thumbnail(reading.Picture, Path.GetFileName(crop.Crop), reasons.GetValueOrDefault(crop.Crop)?.Reason);
            }
        }
        page.Write(Page);
    }

    /// <summary>The suggestions as they stand in the list now.</summary>
    /// <exception cref="UserErrorException">There is no list, or it cannot be read.</exception>
    public IReadOnlyList<CropSuggestion> Read()
    {
        if (!File.Exists(List)) throw new UserErrorException($"There is no {List} yet. ./doorbell review {faces} makes it; look at it, and at {Page}, before.");
        try
        {
            return JsonSerializer.Deserialize<CropSuggestion[]>(File.ReadAllText(List), Json) ?? [];
        }
        catch (JsonException error)
        {
            throw new UserErrorException($"'{List}' cannot be read: {error.Message} ./doorbell review {faces} makes it again.");
        }
    }

    /// <summary>Moves the crops on the list aside. Nothing is deleted or overwritten.</summary>
    /// <returns>Those that were moved; what is no longer there is passed over.</returns>
    public IReadOnlyList<string> SetAside() => [.. Read().Select(suggestion => suggestion.Crop).Where(crop => Move(_faces, SetAsideFolder, crop))];

    /// <summary>Moves everything that was set aside back to where it was.</summary>
    /// <exception cref="UserErrorException">Nothing was set aside, or in a crop's place lies another file now.</exception>
    public IReadOnlyList<string> BringBack()
    {
        if (!Directory.Exists(SetAsideFolder)) throw new UserErrorException($"Nothing was set aside: there is no folder '{SetAsideFolder}'.");
        string[] crops = [.. Directory.EnumerateFiles(SetAsideFolder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(SetAsideFolder, path)).Order(StringComparer.Ordinal)];
        if (crops.FirstOrDefault(crop => File.Exists(Path.Combine(_faces, crop))) is { } taken)
            throw new UserErrorException($"'{Path.Combine(_faces, taken)}' is there again, and bringing back would overwrite it. Rename one of the two, and run the same command again.");
        foreach (string crop in crops) Move(SetAsideFolder, _faces, crop);
        Directory.Delete(SetAsideFolder, recursive: true);
        return crops;
    }

    private static bool Move(string from, string to, string crop)
    {
        string source = Path.GetFullPath(Path.Combine(from, crop)), target = Path.GetFullPath(Path.Combine(to, crop));
        if (!source.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new UserErrorException($"'{crop}' in the list lies outside of '{from}'; only crops in there are set aside.");
        if (!File.Exists(source)) return false;
        if (File.Exists(target)) throw new UserErrorException($"'{target}' is there already; nothing is overwritten. Move it away, and run the same command again.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(source, target);
        return true;
    }
}
