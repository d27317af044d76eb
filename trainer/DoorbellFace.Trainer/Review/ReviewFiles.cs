using System.Text.Json;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Review;

/// <summary>
/// What a review leaves on the disk: beside the people's folders review.json (what --apply sets aside; entries may be taken out of it
/// before) and review.html, the contact sheet; and beside the folder of faces, FACES-set-aside with what was set aside.
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
        page.Paragraph(suggestions.Count switch
        {
            0 => $"None of {crops.Count} faces looks wrong.",
            1 => $"1 of {crops.Count} faces looks wrong. It stands first.",
            _ => $"{suggestions.Count} of {crops.Count} faces look wrong. They stand first.",
        });
        if (suggestions.Count > 0)
        {
            page.Paragraph($"If they are wrong, this sets them aside, into {SetAsideFolder}:")
                .Command($"./doorbell review {ShellWords.Quote(_faces)} --apply");
            page.Paragraph("This brings them back:").Command($"./doorbell review {ShellWords.Quote(_faces)} --undo");
            page.Paragraph($"What is right can be taken out of {List} before.").Heading("Look wrong");
            // Again below, among the person's other faces, to be compared with them.
            foreach (ReviewedCrop crop in crops.Where(crop => reasons.ContainsKey(crop.Crop)))
                Add(page, crop, crop.Crop, reasons[crop.Crop].Reason);
        }
        foreach (IGrouping<string, ReviewedCrop> person in crops.GroupBy(crop => crop.Person))
        {
            page.Heading($"{person.Key}: {(person.Count() == 1 ? "1 face" : $"{person.Count()} faces")}");
            foreach (ReviewedCrop crop in person.OrderBy(crop => reasons.ContainsKey(crop.Crop) ? 0 : 1))
                Add(page, crop, Path.GetFileName(crop.Crop), reasons.GetValueOrDefault(crop.Crop)?.Reason);
        }
        page.Write(Page);
    }

    private void Add(ThumbnailPage page, ReviewedCrop crop, string caption, string? reason)
    {
        PictureReading reading = PictureFile.TryRead(Path.Combine(_faces, crop.Crop));
        if (reading.Succeeded) page.Thumbnail(reading.Picture, caption, $"Face of {crop.Person}", reason);
    }

    /// <summary>The suggestions as they stand in the list now.</summary>
    /// <exception cref="UserErrorException">There is no list, or it cannot be read.</exception>
    public IReadOnlyList<CropSuggestion> Read()
    {
        if (!File.Exists(List))
            throw new UserErrorException(
                $"There is no {List} yet. ./doorbell review {ShellWords.Quote(faces)} makes it; look at it, and at {Page}, before.");
        try
        {
            return JsonSerializer.Deserialize<CropSuggestion[]>(File.ReadAllText(List), Json) ?? [];
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"'{List}' cannot be read: {error.Message} ./doorbell review {ShellWords.Quote(faces)} makes it again.");
        }
    }

    /// <summary>Moves the crops on the list aside. Nothing is deleted or overwritten.</summary>
    /// <returns>Those that were moved; what is no longer there is passed over.</returns>
    public IReadOnlyList<string> SetAside() =>
        [.. Read().Select(suggestion => suggestion.Crop).Where(crop => Move(_faces, SetAsideFolder, crop))];

    /// <summary>Moves everything that was set aside back to where it was.</summary>
    /// <exception cref="UserErrorException">Nothing was set aside, or in a crop's place lies another file now.</exception>
    public IReadOnlyList<string> BringBack()
    {
        if (!Directory.Exists(SetAsideFolder))
            throw new UserErrorException($"Nothing was set aside: there is no folder '{SetAsideFolder}'.");
        string[] crops =
            [.. Directory.EnumerateFiles(SetAsideFolder, "*", SearchOption.AllDirectories)
                .Select(path => Path.GetRelativePath(SetAsideFolder, path)).Order(StringComparer.Ordinal)];
        if (crops.FirstOrDefault(crop => File.Exists(Path.Combine(_faces, crop))) is { } taken)
            throw new UserErrorException(
                $"'{Path.Combine(_faces, taken)}' is there again, and bringing back would overwrite it. Rename one of the two, and run the "
                + $"same command again.");
        foreach (string crop in crops) Move(SetAsideFolder, _faces, crop);
        Directory.Delete(SetAsideFolder, recursive: true);
        return crops;
    }

    private static bool Move(string from, string to, string crop)
    {
        string source = Path.GetFullPath(Path.Combine(from, crop)), target = Path.GetFullPath(Path.Combine(to, crop));
        if (!source.StartsWith(from + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new UserErrorException($"'{crop}' in the list lies outside of '{from}'; only crops in there are set aside.");
        if (!File.Exists(source)) return false;
        if (File.Exists(target))
            throw new UserErrorException(
                $"'{target}' is there already; nothing is overwritten. Move it away, and run the same command again.");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(source, target);
        return true;
    }
}
