using System.CommandLine;
using System.Text.Json;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.Pty;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Commands;

/// <summary>
/// Enrolling and looking after people, by the commands as they are called, over real pictures of drawn people; only the networks are fakes.
/// </summary>
[Collection(nameof(StandardOutput))]
public sealed class EnrollCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly DrawnGallery _drawn = new();

    private string Data => _folder["data"];

    [Fact]
    public void Photos_of_a_person_are_kept_and_what_is_of_no_use_is_said_with_the_reason()
    {
        string photos = Photos(DrawnFamily.Anna, 4);
        Draw(DrawnFamily.Ben, 50, Path.Combine(photos, "ben.png"));
        PictureFile.Write(Path.Combine(photos, "porch.png"), Scenes.EmptyPorch);
        File.WriteAllText(Path.Combine(photos, "broken.jpg"), "no picture");

        JsonElement result = Json(Enroll("Anna", "--photos", photos));

        Assert.True(result.GetProperty("added").GetInt32() == 4, result.ToString());
        Assert.Equal((true, 4, 4),
            (result.GetProperty("is_new").GetBoolean(), result.GetProperty("added").GetInt32(), result.GetProperty("samples").GetInt32()));
        var refused = result.GetProperty("refused").EnumerateArray()
            .ToDictionary(item => item.GetProperty("picture").GetString()!, item => item.GetProperty("reason").GetString()!);
        Assert.Equal(["ben.png", "broken.jpg", "porch.png"], refused.Keys.Order());
        Assert.Contains("does not look like the other pictures of Anna", refused["ben.png"], StringComparison.Ordinal);
        Assert.Contains("no face", refused["porch.png"], StringComparison.Ordinal);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public void A_name_that_sounds_like_another_one_is_asked_about()
    {
        Enroll("Mark", "--photos", Photos(DrawnFamily.Anna, 2));
        string photos = Photos(DrawnFamily.Ben, 2, firstSeed: 60);

        DoorbellException refused = Assert.Throws<DoorbellException>(() => Enroll("Marc", "--photos", photos));

        Assert.Contains("\"Marc\" sounds exactly like \"Mark\"", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, Json(Enroll("Marc", "--photos", photos, "--anyway")).GetProperty("samples").GetInt32());
    }

    [Fact]
    public void Enrolling_again_adds_and_the_same_photos_add_nothing()
    {
        string photos = Photos(DrawnFamily.Anna, 3);
        Enroll("Anna", "--photos", photos);

        JsonElement again = Json(Enroll("anna ", "--photos", photos)),
            more = Json(Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 2, firstSeed: 30)));

        Assert.Equal((0, 3), (again.GetProperty("added").GetInt32(), again.GetProperty("samples").GetInt32()));
        Assert.Equal((2, 5), (more.GetProperty("added").GetInt32(), more.GetProperty("samples").GetInt32()));
        Assert.Equal("Anna", more.GetProperty("name").GetString());
    }

    [Fact]
    public void The_same_person_under_a_second_name_is_remarked_on_and_can_be_merged()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));

        JsonElement second = Json(Enroll("Annie", "--photos", Photos(DrawnFamily.Anna, 3, firstSeed: 30)));

        Assert.Equal("Anna", second.GetProperty("like").GetString());
        Assert.Equal("The pictures of Annie belong to Anna now, who has 6 pictures.", People("merge", "Annie", "Anna"));
        Assert.StartsWith("Anna: 6 pictures", People("list"), StringComparison.Ordinal);
    }

    [Fact]
    public void People_are_listed_renamed_tested_and_removed()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 6));
        Enroll("Ben", "--photos", Photos(DrawnFamily.Ben, 6));

        Assert.Equal("Ben is called Benjamin now.", People("rename", "ben", "Benjamin"));
        Assert.Equal(["Anna", "Benjamin"],
            Json(People("list", "--json")).GetProperty("people").EnumerateArray().Select(person => person.GetProperty("name").GetString()));
        JsonElement test = Json(People("selftest", "--json"));
        Assert.True(test.GetProperty("good").GetBoolean());
        Assert.All(test.GetProperty("people").EnumerateArray(), person => Assert.Empty(person.GetProperty("confused").EnumerateObject()));
        Assert.StartsWith("Anna is removed, with 6 pictures.", People("remove", "Anna"), StringComparison.Ordinal);
        Assert.StartsWith("Benjamin: 6 pictures", People("list"), StringComparison.Ordinal);
        Assert.Throws<DoorbellException>(() => People("remove", "Anna"));
    }

    [Fact]
    public void A_past_visit_enrols_and_a_wrong_one_becomes_a_negative()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));
        VisitRecord anna = Visit(DrawnFamily.Anna, 40), clara = Visit(DrawnFamily.Clara, 41);

        Assert.Equal(4, Json(Enroll("Anna", "--visit", anna.Id.ToString()[^8..])).GetProperty("samples").GetInt32());
        Assert.Equal("That visitor will not be taken for Anna again.", People("not", "Anna", "--visit", clara.Id.ToString()));

        JsonElement person = Json(People("list", "--json")).GetProperty("people")[0];
        Assert.Equal((4, 1), (person.GetProperty("samples").GetArrayLength(), person.GetProperty("negatives").GetArrayLength()));
        Assert.Contains("1 visit is deleted", People("remove", "Anna", "--visits"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("enroll", "Anna")]
    [InlineData("enroll", "Anna", "--camera", "--visit", "1")]
    public void Wrong_use_is_said_and_makes_nothing(params string[] words)
    {
        Assert.Equal(ExitCode.WrongUsage, Assert.Throws<UserErrorException>(() => Call(words)).ExitCode);
        Assert.False(Directory.Exists(Data));
    }

    [Theory]
    [InlineData(ErrorKind.InvalidValue, "enroll", " ", "--camera")]
    [InlineData(ErrorKind.NotFound, "enroll", "Anna", "--visit", "1a2b3c4d")]
    [InlineData(ErrorKind.NotFound, "people", "rename", "Anna", "Ben")]
    [InlineData(ErrorKind.NotFound, "people", "selftest")]
    [InlineData(ErrorKind.NotFound, "people", "not", "Anna", "--visit", "1a2b3c4d")]
    [InlineData(ErrorKind.NotFound, "people", "undo-enrolment", "Anna")]
    public void What_is_not_there_is_said_and_makes_nothing(ErrorKind expected, params string[] words)
    {
        Assert.Equal(expected, Assert.Throws<DoorbellException>(() => Call(words)).Kind);
        Assert.False(Directory.Exists(Data));
    }

    [Fact]
    public void Another_persons_photos_under_a_known_name_are_asked_about_and_keep_nothing()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));
        Enroll("Ben", "--photos", Photos(DrawnFamily.Ben, 3));

        var doubt = Assert.Throws<DoorbellException>(() => Enroll("Anna", "--photos", Photos(DrawnFamily.Ben, 6, firstSeed: 30)));

        Assert.Equal((ErrorKind.Refused, RemedyKey.Confirm), (doubt.Kind, doubt.Remedy!.Key));
        Assert.Contains("Is this really Anna?", doubt.Message, StringComparison.Ordinal);
        Assert.Contains("look like Ben", doubt.Message, StringComparison.Ordinal);
        Assert.Contains("Anna: 3 pictures", People("list"), StringComparison.Ordinal);
    }

    [Fact]
    public void Photos_of_two_people_under_a_new_name_are_asked_about()
    {
        string photos = Photos(DrawnFamily.Anna, 5);
        for (int seed = 60; seed < 63; seed++) Draw(DrawnFamily.Ben, seed, Path.Combine(photos, $"ben-{seed}.png"));

        var doubt = Assert.Throws<DoorbellException>(() => Enroll("Anna", "--photos", photos));

        Assert.Contains("show two people", doubt.Message, StringComparison.Ordinal);
        Assert.Contains("ben-60.png", doubt.Message, StringComparison.Ordinal);
        Assert.Equal(8, Json(Enroll("Anna", "--photos", photos, "--anyway")).GetProperty("samples").GetInt32());
    }

    [Fact]
    public void The_last_enrolment_can_be_taken_back()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 2, firstSeed: 30));

        Assert.Contains("2 pictures removed. 3 are left.", People("undo-enrolment", "Anna"), StringComparison.Ordinal);
        Assert.Contains("no longer enrolled", People("undo-enrolment", "Anna"), StringComparison.Ordinal);
        Assert.StartsWith("Nobody is enrolled yet.", People("list"), StringComparison.Ordinal);
    }

    /// <summary>Rename, merge, and remove with visits: by id, whatever name was said, and nothing of anybody else.</summary>
    [Fact]
    public void Past_visits_follow_their_person_and_go_with_them()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));
        Enroll("Ann", "--photos", Photos(DrawnFamily.Anna, 3, firstSeed: 30));
        VisitRecord asAnna = Visit(DrawnFamily.Anna, 40), asAnn = Visit(DrawnFamily.Anna, 41, "Ann"),
            bens = Visit(DrawnFamily.Ben, 42, person: new PersonId(Guid.NewGuid()));

        People("rename", "Anna", "Anastasia");
        Assert.Equal(["Ben", "Ann", "Anastasia"], VisitNames());
        People("merge", "Ann", "Anastasia");
        Assert.Equal(["Ben", "Anastasia", "Anastasia"], VisitNames());
        Enroll("Anna", "--photos", Photos(DrawnFamily.Clara, 3));
        VisitRecord theOtherAnna = Visit(DrawnFamily.Clara, 43, "Anna");

        Assert.Contains("2 visits are deleted", People("remove", "Anastasia", "--visits"), StringComparison.Ordinal);

        using SqliteVisitStore store = SqliteVisitStore.Open(Data, StoreAccess.Guest, TimeProvider.System, NullLogger.Instance);
        Assert.Equal([theOtherAnna.Id, bens.Id], store.Recent(10).Select(visit => visit.Id));
        foreach (string trace in (string[])["Anastasia", asAnna.Id.ToString(), asAnn.Id.ToString()]) Assert.Empty(FilesWith(trace));
        // The record of what was done here has numbers, which belong to nobody any more.
        foreach (string trace in (string[])[asAnna.Person.ToString()!, asAnn.Person.ToString()!])
            Assert.All(FilesWith(trace), file => Assert.Equal("audit.jsonl", Path.GetFileName(file)));
    }

    /// <summary>The picture of a visit was kept as "not Anna"; when the one whom it shows goes, it goes as well.</summary>
    [Fact]
    public void A_face_that_was_kept_as_not_somebody_else_goes_with_its_person()
    {
        Enroll("Anna", "--photos", Photos(DrawnFamily.Anna, 3));
        Enroll("Ben", "--photos", Photos(DrawnFamily.Ben, 3));
        VisitRecord wrong = Visit(DrawnFamily.Ben, 40, "Anna");
        People("not", "Anna", "--visit", wrong.Id.ToString());

        Assert.Contains("kept as known not to be somebody else", People("remove", "Ben"), StringComparison.Ordinal);

        Assert.Equal(0, Json(People("list", "--json")).GetProperty("people")[0].GetProperty("negatives").GetArrayLength());
    }

    /// <summary>The virtual doorbell on a real pseudo-terminal; the drawn visitor hears what is said and obeys.</summary>
    [Fact]
    public async Task At_the_door_the_coach_leads_through_the_poses_and_the_frames_are_kept()
    {
        RenderedFace[] poses =
            [.. new[] { 0f, 14f, -14f }.Select(yaw =>
                FaceRenderer.RenderFace(DrawnFamily.Anna.Person,
                    new DrawnScene { YawDegrees = yaw, FaceHeightPixels = 150, AmbientLight = 0.6f }, 320, 240))];
        RenderedFace now = poses[0];
        _drawn.BeforeTheCamera = () => DrawnGallery.LandmarksOf(Volatile.Read(ref now));
        TextWriter remarks = Console.Error;
        using var listener =
            new Listener(sentence =>
                Volatile.Write(ref now, sentence.Contains("left", StringComparison.Ordinal)
                    ? poses[1]
                    : sentence.Contains("right", StringComparison.Ordinal) ? poses[2] : poses[0]));
        await using PseudoTerminal terminal = PseudoTerminal.Open(1_000_000);
        using var stop = new CancellationTokenSource();
        var device =
            new VirtualDevice(new VirtualDoorbellOptions { IsPaced = false, NoiseSigma = 2 }, () => Volatile.Read(ref now).Picture,
                TimeProvider.System);
        Task running = new DeviceRunner(device, terminal, TimeProvider.System, null).RunAsync(stop.Token);
        var patient = new CoachOptions
        {
            PerPose = TimeSpan.FromSeconds(8), BetweenFrames = TimeSpan.FromMilliseconds(20), ToSettle = TimeSpan.FromMilliseconds(300),
            BetweenSentences = TimeSpan.FromMilliseconds(300),
        };
        JsonElement result;
        try
        {
            Console.SetError(listener);
            Command command = EnrollCommand.Create(_ => _drawn.Tools, patient);
            result =
                Json(await Task.Run(() =>
                    StandardOutput.Of(command, "Anna", "--camera", "--port", terminal.PortPath, "--wav", _folder["coach.wav"], "--data",
                        Data, "--json")));
        }
        finally
        {
            Console.SetError(remarks);
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        Assert.True(result.GetProperty("added").GetInt32() >= 7, result.ToString());
        Assert.Contains(listener.Lines, line => line.Contains("Turn a little to the left", StringComparison.Ordinal));
        Assert.Equal("I will know Anna from now on.", listener.Lines[^1]);
        using SqliteGalleryStore store = SqliteGalleryStore.Open(Data, NullLogger.Instance);
        StoredPerson anna = Assert.Single(store.Read(_drawn.Manifest.ModelSha256));
        Assert.All(anna.Samples, sample => Assert.Equal(SampleSource.Camera, sample.Source));
        float[] yaws = [.. anna.Samples.Select(sample => FacePose.Of(sample.Crop.Landmarks).Yaw)];
        Assert.True(yaws.Max() > 0.05f && yaws.Min() < -0.05f, string.Join(" ", yaws));
    }

    public void Dispose() => _folder.Dispose();

    private string Enroll(string name, params string[] words) =>
        StandardOutput.Of(EnrollCommand.Create(_ => _drawn.Tools), [name, .. words, "--data", Data, "--json"]);

    private string People(params string[] words) => StandardOutput.Of(PeopleCommand.Create(_ => _drawn.Tools), [.. words, "--data", Data]);

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private string Photos(FamilyMember member, int count, int firstSeed = 0)
    {
        string photos = _folder[$"{member.Name}-{firstSeed}"];
        Directory.CreateDirectory(photos);
        for (int seed = firstSeed; seed < firstSeed + count; seed++) Draw(member, seed, Path.Combine(photos, $"{seed:00}.png"));
        return photos;
    }

    private void Draw(FamilyMember member, int seed, string path) => PictureFile.Write(path, DrawnOf(member, seed).Picture);

    /// <summary>A little to all sides, well lit and near.</summary>
    private RenderedFace DrawnOf(FamilyMember member, int seed) => _drawn.Draw(member, new DrawnScene
    {
        Seed = seed,
        YawDegrees = (seed % 5) - 2,
        PitchDegrees = (seed % 3) - 1,
        CenterX = 0.45f + (0.01f * (seed % 7)),
        FaceHeightPixels = 140 + seed % 11,
        Smile = (seed % 4) * 0.2f,
    });

    private string[] VisitNames() =>
        [.. JsonDocument.Parse(StandardOutput.Of(VisitsCommand.Create(), "list", "--json", "--data", Data))
            .RootElement.GetProperty("visits").EnumerateArray().Select(visit => visit.GetProperty("name").GetString()!)];

    private IEnumerable<string> FilesWith(string words)
    {
        byte[] wanted = System.Text.Encoding.UTF8.GetBytes(words);
        return Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
            .Where(path =>
                !path.EndsWith(".lock", StringComparison.Ordinal)
                    && (path.Contains(words, StringComparison.Ordinal) || File.ReadAllBytes(path).AsSpan().IndexOf(wanted) >= 0));
    }

    private string Call(string[] words)
    {
        Command command = words[0] == "enroll" ? EnrollCommand.Create(_ => _drawn.Tools) : PeopleCommand.Create(_ => _drawn.Tools);
        return StandardOutput.Of(command, [.. words[1..], "--data", Data]);
    }

    private VisitRecord Visit(FamilyMember member, int seed, string? name = null, PersonId? person = null)
    {
        person ??= PersonIn(name ?? member.Name);
        using SqliteVisitStore store = SqliteVisitStore.Open(Data, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        VisitRecord visit = TestVisits.Ended(seed, name: name ?? member.Name) with { Person = person };
        visit = visit with { PicturePath = store.Pictures.Save(visit, PictureFile.EncodePng(DrawnOf(member, seed).Picture)) };
        store.Save(visit);
        return visit;
    }

    private PersonId? PersonIn(string name)
    {
        using SqliteGalleryStore? people = SqliteGalleryStore.OpenIfThere(Data, NullLogger.Instance);
        return people?.Read("").FirstOrDefault(person => person.Name == name)?.Id;
    }

    /// <summary>Hears what is said, line by line.</summary>
    private sealed class Listener(Action<string> heard) : StringWriter
    {
        public List<string> Lines { get; } = [];

        public override void WriteLine(string? value)
        {
            if (value is null) return;
            lock (Lines) Lines.Add(value);
            heard(value);
        }
    }
}
