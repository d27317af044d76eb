using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>All that is kept of a person, as a ZIP file that they can take along.</summary>
/// <param name="people">Who is enrolled.</param>
/// <param name="visits">Their visits.</param>
/// <param name="rules">What is heard of them.</param>
/// <param name="records">What is noted of them.</param>
/// <param name="pictures">Writes pictures.</param>
public sealed class PersonExport(
    PeopleService people, VisitService visits, RulesService rules, PersonRecords records, IPictureFiles pictures)
{
    private const int AtATime = 200;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true,
        // Letters of every language as they are: people read it.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    /// <summary>Writes it: <c>person.json</c>, <c>visits.json</c>, and the pictures of both.</summary>
    /// <param name="person">Who.</param>
    /// <param name="stream">Where to.</param>
    /// <exception cref="DoorbellException">Something of it cannot be read.</exception>
    public void Write(PersonOutline person, Stream stream)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var kept = new List<object>();
        foreach (SampleOutline sample in person.Samples)
        {
            if (people.FindPicture(sample.Id) is not { } picture) continue;
            string name = $"{(sample.IsNegative ? "not-them" : "pictures")}/{sample.Id}.png";
            Add(archive, name, pictures.EncodePng(picture.Crop.Pixels));
            kept.Add(new { picture = name, sample.Source, sample.AddedAt, sample.Visit });
        }
        PersonRecord record = records.Of(person.Id);
        Add(archive, "person.json", JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                person.Id, person.Name, record.Consent, record.ConsentDate, record.IsPaused, rules = rules.Read().Of(person.Id),
                pictures = kept,
            },
            Json));
        Add(archive, "visits.json", JsonSerializer.SerializeToUtf8Bytes(Visits(archive, person), Json));
    }

    private List<object> Visits(ZipArchive archive, PersonOutline person)
    {
        var told = new List<object>();
        var filter = new VisitFilter { People = [person.Id] };
        IReadOnlyList<VisitRecord> some;
        do
        {
            some = visits.Find(filter, AtATime);
            foreach (VisitRecord visit in some)
            {
                string? name = null;
                if (visit.PicturePath is { } path && pictures.TryRead(path, out _) is { } picture)
                    Add(archive, name = $"visits/{visit.Id}.png", pictures.EncodePng(picture));
                told.Add(new { visit.Id, visit.StartedAt, visit.EndedAt, visit.Outcome, visit.Name, picture = name });
            }
            if (some.Count > 0) filter = filter with { After = (some[^1].StartedAt, some[^1].Id) };
        }
        while (some.Count == AtATime);
        return told;
    }

    private static void Add(ZipArchive archive, string name, byte[] content)
    {
        using Stream entry = archive.CreateEntry(name).Open();
        entry.Write(content);
    }
}
