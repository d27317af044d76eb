using System.IO.Compression;
using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Application.Tests.People;

/// <summary>What is noted of people, and what they can take along.</summary>
public sealed class PersonRecordsTests(Networks networks) : IClassFixture<Networks>, IDisposable
{
    private readonly ReviewHouse _house = new(networks.Tools);

    private PersonRecords Records => new(new FilePersonRecordStorage(_house.Data));

    public void Dispose() => _house.Dispose();

    [Fact]
    public void A_note_is_kept_for_the_next_program_and_goes_with_its_person()
    {
        var anna = new PersonId(Guid.NewGuid());
        var ben = new PersonId(Guid.NewGuid());
        string before = Records.Stamp;
        Assert.Equal(PersonRecord.None, Records.Of(anna));
        Records.Set(anna, new PersonRecord("  Said yes at dinner. ", new DateOnly(2026, 11, 1), IsPaused: true));
        Records.Set(ben, new PersonRecord("Yes."));

        Assert.Equal(new PersonRecord("Said yes at dinner.", new DateOnly(2026, 11, 1), IsPaused: true), Records.Of(anna));
        Assert.Equal([anna], Records.Paused());
        Assert.NotEqual(before, Records.Stamp);
        Assert.Equal(ErrorKind.InvalidValue,
            Assert.Throws<DoorbellException>(() => Records.Set(anna, new PersonRecord(new string('x', 501)))).Kind);

        Records.Forget([anna]);
        Assert.DoesNotContain("dinner", File.ReadAllText(Path.Combine(_house.Data, "people.json")), StringComparison.Ordinal);
        Assert.Equal("Yes.", Records.Of(ben).Consent);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"anna\": {}}")]
    public void What_cannot_be_understood_is_said_and_not_taken_for_nothing(string text)
    {
        Directory.CreateDirectory(_house.Data);
        File.WriteAllText(Path.Combine(_house.Data, "people.json"), text);
        Assert.Equal(ErrorKind.UnusableInput, Assert.Throws<DoorbellException>(() => Records.Paused()).Kind);
    }

    [Fact]
    public void All_that_is_kept_of_a_person_is_in_one_file_and_nothing_of_the_others_pictures()
    {
        PersonId anna = _house.Enrol(DrawnFamily.Anna, 3, 41_000_000);
        _house.Enrol(DrawnFamily.Ben, 3, 42_000_000);
        VisitId visit = _house.Keep(ReviewHouse.Picture(DrawnFamily.Anna.Person, 1), 1, taken: anna);
        _house.Keep(ReviewHouse.Picture(DrawnFamily.David.Person, 1), 2);
        Records.Set(anna, new PersonRecord("Yes.", new DateOnly(2026, 11, 1)));
        PersonOutline person = _house.People.List().Single(one => one.Id == anna);
        var export = new PersonExport(_house.People, _house.Visits, new RulesService(new FileRulesStorage(_house.Data)), Records,
            new PictureFiles());
        using var file = new MemoryStream();

        export.Write(person, file);

        using var archive = new ZipArchive(new MemoryStream(file.ToArray()));
        string[] pictures = [.. person.Samples.Select(sample => $"pictures/{sample.Id}.png")];
        Assert.Equal([.. pictures, "person.json", $"visits/{visit}.png", "visits.json"], archive.Entries.Select(entry => entry.FullName));
        JsonNode told = Json("person.json");
        Assert.Equal(("Anna", "Yes.", "2026-11-01", 3), ($"{told["name"]}", $"{told["consent"]}", $"{told["consent_date"]}",
            told["pictures"]!.AsArray().Count));
        Assert.Equal($"{visit}", $"{Json("visits.json")[0]!["id"]}");
        using Stream picture = archive.GetEntry(pictures[0])!.Open();
        using var bytes = new MemoryStream();
        picture.CopyTo(bytes);
        Assert.NotNull(new PictureFiles().TryDecode(bytes.ToArray(), "It", out _));

        JsonNode Json(string name)
        {
            using Stream entry = archive.GetEntry(name)!.Open();
            return JsonNode.Parse(entry)!;
        }
    }
}
