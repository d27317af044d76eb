using System.Diagnostics;
using System.Text;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class SqliteGalleryStoreTests : IDisposable
{
    private const string Model = "model-one", OtherModel = "model-two";

    private readonly TemporaryFolder _temporary = new();
    private readonly RecordingLogger _log = new();

    private string Folder => _temporary["data"];

    [Fact]
    public void Gives_back_a_person_as_they_were_kept()
    {
        StoredSample positive = Sample(1), negative = Sample(2) with { IsNegative = true, Source = SampleSource.Visit };
        var id = Someone();

        using (SqliteGalleryStore store = Open()) store.Apply(Added(id, "Zoë", positive, negative));

        using SqliteGalleryStore reopened = Open();
        StoredPerson person = Assert.Single(reopened.Read(Model));
        Assert.Equal((id, "Zoë"), (person.Id, person.Name));
        Assert.Equal([positive.Id, negative.Id], person.Samples.Select(sample => sample.Id));
        StoredSample found = person.Samples[1];
        Assert.Equal(negative with { Crop = found.Crop, Embedding = null }, found);
        Assert.True(found.Crop.ShowsTheSame(negative.Crop));
        Assert.Equal(negative.Crop.Landmarks, found.Crop.Landmarks);
    }

    [Fact]
    public void An_outline_has_everything_but_the_pictures()
    {
        StoredSample positive = Sample(1) with { Enrolment = Guid.NewGuid(), Visit = new VisitId(Guid.NewGuid()) };
        StoredSample negative = Sample(2) with { IsNegative = true };
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Zoë", positive, negative));
        store.Apply(Added(Someone(), "Anna"));
        store.TryKeepEmbeddings(Model, new Dictionary<SampleId, Embedding> { [positive.Id] = Vector(3) });

        IReadOnlyList<PersonOutline> outlines = store.ReadOutlines();

        Assert.Equal(["Anna", "Zoë"], outlines.Select(person => person.Name));
        Assert.Equal(store.Read(Model).Select(person => person.Id), outlines.Select(person => person.Id));
        Assert.Equal(
            [
                new SampleOutline(positive.Id, positive.Source, positive.AddedAt, positive.Weight, IsNegative: false)
                {
                    Enrolment = positive.Enrolment, Visit = positive.Visit,
                },
                new SampleOutline(negative.Id, negative.Source, negative.AddedAt, negative.Weight, IsNegative: true),
            ],
            outlines[1].Samples);
        SampleOutline[] embedded = [.. store.ReadOutlines(Model)[1].Samples];
        Assert.Equal(1, embedded[0].Embedding!.Similarity(Vector(3)), tolerance: 1e-5f);
        Assert.Null(embedded[1].Embedding);
    }

    [Fact]
    public void Listing_people_reads_one_index_and_no_picture()
    {
        using (SqliteGalleryStore store = Open()) store.Apply(Added(Someone(), "Anna", Sample(1)));
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, SqliteGalleryStore.FileName)};Pooling=False");
        connection.Open();
        using var plan = new SqliteCommand(
            $"EXPLAIN QUERY PLAN SELECT {GalleryRow.OutlineColumns} FROM samples s WHERE s.person_id = 'x' ORDER BY s.added_at, s.id",
            connection);
        using SqliteDataReader rows = plan.ExecuteReader();

        Assert.True(rows.Read());
        Assert.Contains("USING COVERING INDEX", rows.GetString(3), StringComparison.Ordinal);
        Assert.False(rows.Read(), "They come in the order in which they are wanted.");
    }

    [Fact]
    public void One_picture_is_found_by_its_id()
    {
        StoredSample wanted = Sample(1);
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Anna", wanted, Sample(2)));

        Assert.True(store.FindSample(wanted.Id)!.Crop.ShowsTheSame(wanted.Crop));
        Assert.Null(store.FindSample(new SampleId(Guid.NewGuid())));
    }

    [Fact]
    public void A_damaged_file_is_noticed_by_the_first_who_opens_it()
    {
        using (SqliteGalleryStore store = Open())
            store.Apply(Added(Someone(), "Anna", [.. Enumerable.Range(1, 20).Select(Sample)]));
        string path = Path.Combine(Folder, SqliteGalleryStore.FileName);
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = file.Length / 2;
            file.Write(new byte[4096]);
        }

        var error = Assert.Throws<DoorbellException>(() => new SqlitePeopleStorage(Folder, _log).OpenIfThere());

        Assert.Contains("is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embeddings_are_given_back_to_their_own_model_alone()
    {
        StoredSample sample = Sample(1);
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Anna", sample));

        store.TryKeepEmbeddings(Model,
            new Dictionary<SampleId, Embedding> { [sample.Id] = Vector(3), [new SampleId(Guid.NewGuid())] = Vector(4) });

        Assert.Equal(1, store.Read(Model)[0].Samples[0].Embedding!.Similarity(Vector(3)), tolerance: 1e-5f);
        Assert.Null(store.Read(OtherModel)[0].Samples[0].Embedding);
    }

    [Fact]
    public void A_change_is_made_whole_or_not_at_all()
    {
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Anna", Sample(1)));

        var error = Assert.Throws<GalleryStoreException>(() => store.Apply(new GalleryChange
        {
            Named = new Dictionary<PersonId, string> { [Someone()] = "Ben" },
            Added = [(Someone(), Sample(2))],
        }));

        Assert.Contains("nothing was kept", error.Message, StringComparison.Ordinal);
        Assert.Equal("Anna", Assert.Single(store.Read(Model)).Name);
    }

    [Fact]
    public void No_two_people_have_the_same_name()
    {
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Zoë", Sample(1)));

        Assert.Throws<GalleryStoreException>(() => store.Apply(Added(Someone(), "ZOË", Sample(2))));
    }

    [Fact]
    public void Merging_moves_every_picture()
    {
        PersonId anna = Someone(), anne = Someone();
        using SqliteGalleryStore store = Open();
        store.Apply(Added(anna, "Anna", Sample(1)));
        StoredSample moved = Sample(2);
        store.Apply(Added(anne, "Anne", moved));

        store.Apply(new GalleryChange { Moved = [(moved.Id, anna)], Merged = new Dictionary<PersonId, PersonId> { [anne] = anna } });

        StoredPerson left = Assert.Single(store.Read(Model));
        Assert.Equal(("Anna", 2), (left.Name, left.Samples.Count));
        Assert.Equal(anna, Assert.Single(store.Merged()).Value);
    }

    [Fact]
    public void Who_was_merged_follows_through_later_merges_and_is_forgotten_with_the_last()
    {
        PersonId first = Someone(), second = Someone(), third = Someone();
        using SqliteGalleryStore store = Open();
        store.Apply(Added(first, "Anna", Sample(1)));
        store.Apply(Added(second, "Anne", Sample(2)));
        store.Apply(Added(third, "Annie", Sample(3)));
        store.Apply(new GalleryChange { Merged = new Dictionary<PersonId, PersonId> { [first] = second } });
        store.Apply(new GalleryChange { Merged = new Dictionary<PersonId, PersonId> { [second] = third } });

        Assert.Equal([third, third], store.Merged().Values);

        store.Apply(new GalleryChange { RemovedPeople = [third] });
        Assert.Empty(store.Merged());
        Assert.False(IsInSomeFile(Encoding.UTF8.GetBytes(first.ToString())));
    }

    [Fact]
    public void The_data_version_tells_of_changes_by_others_and_not_of_its_own()
    {
        using SqliteGalleryStore watcher = Open(), other = Open();
        long before = watcher.DataVersion;
        watcher.Apply(Added(Someone(), "Ben", Sample(9)));
        Assert.Equal(before, watcher.DataVersion);

        other.Apply(Added(Someone(), "Anna", Sample(1)));

        Assert.NotEqual(before, watcher.DataVersion);
    }

    [Fact]
    public void Where_a_sample_comes_from_is_kept()
    {
        StoredSample sample = Sample(1) with { Enrolment = Guid.NewGuid(), Visit = new VisitId(Guid.NewGuid()) };
        using (SqliteGalleryStore store = Open()) store.Apply(Added(Someone(), "Anna", sample));

        using SqliteGalleryStore reopened = Open();
        StoredSample found = Assert.Single(Assert.Single(reopened.Read(Model)).Samples);
        Assert.Equal((sample.Enrolment, sample.Visit), (found.Enrolment, found.Visit));
    }

    [Fact]
    public void Removing_a_person_leaves_nothing_of_them_in_any_file()
    {
        var id = Someone();
        StoredSample[] samples = [.. Enumerable.Range(1, 8).Select(Sample)];
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Ben", Sample(100)));
        store.Apply(Added(id, "Anastasia-the-only-one", samples));
        store.TryKeepEmbeddings(Model, samples.ToDictionary(sample => sample.Id, sample => sample.Embedding!));
        byte[][] traces =
        [
            Encoding.UTF8.GetBytes("Anastasia-the-only-one"), Encoding.UTF8.GetBytes("ANASTASIA-THE-ONLY-ONE"),
                Encoding.UTF8.GetBytes(id.ToString()),
            .. samples.Select(sample => sample.Crop.Pixels.Row(20).ToArray()), .. samples.Select(sample => sample.Embedding!.ToBytes()),
            .. samples.Select(sample => Encoding.UTF8.GetBytes(sample.Id.ToString())),
        ];
        Assert.All(traces, trace => Assert.True(IsInSomeFile(trace)));

        store.Apply(new GalleryChange { RemovedPeople = [id] });

        Assert.All(traces, trace => Assert.False(IsInSomeFile(trace)));
        Assert.Equal("Ben", Assert.Single(store.Read(Model)).Name);
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public void A_dropped_picture_and_an_old_name_leave_nothing_either()
    {
        var id = Someone();
        StoredSample dropped = Sample(1);
        using SqliteGalleryStore store = Open();
        store.Apply(Added(id, "Anastasia-the-only-one", dropped, Sample(2)));

        store.Apply(new GalleryChange { Named = new Dictionary<PersonId, string> { [id] = "Ana" }, RemovedSamples = [dropped.Id] });

        Assert.False(IsInSomeFile(Encoding.UTF8.GetBytes("Anastasia-the-only-one")));
        Assert.False(IsInSomeFile(dropped.Crop.Pixels.Row(20).ToArray()));
        Assert.Single(store.Read(Model)[0].Samples);
    }

    [Fact]
    public void Only_the_owner_of_the_files_may_read_them()
    {
        if (OperatingSystem.IsWindows()) return;
        using SqliteGalleryStore store = Open();
        store.Apply(Added(Someone(), "Anna", Sample(1)));

        string[] files = [.. Directory.EnumerateFiles(Folder)];
        Assert.Contains(files, file => file.EndsWith("-wal", StringComparison.Ordinal));
        foreach (string file in files) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_damaged_file_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, SqliteGalleryStore.FileName),
            content = string.Concat(Enumerable.Repeat("This is not a database. ", 1000));
        File.WriteAllText(path, content);

        Assert.Contains("is damaged", Assert.Throws<DoorbellException>(Open).Message, StringComparison.Ordinal);
        Assert.Equal(content, File.ReadAllText(path));
    }

    [Fact]
    public void Looking_for_a_gallery_makes_none()
    {
        Assert.Null(SqliteGalleryStore.OpenIfThere(Folder, _log));
        Assert.False(Directory.Exists(Folder));
    }

    /// <summary>A real program, killed (signal 9) while it enrols one person after the other.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(15)]
    public async Task After_a_kill_everyone_who_was_enrolled_is_there_whole(int before)
    {
        var enrolled = new List<string>();
        using (Process child = ChildProgram.StartEnrolling(Folder))
        {
            while (await child.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
            {
                enrolled.Add(line);
                if (enrolled.Count == before) child.Kill();
            }
            await child.WaitForExitAsync();
            Assert.Equal(137, child.ExitCode);
        }

        using SqliteGalleryStore store = Open();
        IReadOnlyList<StoredPerson> people = store.Read(Model);

        Assert.Empty(enrolled.Except(people.Select(person => person.Name)));
        Assert.InRange(people.Count, enrolled.Count, enrolled.Count + 1);
        Assert.All(people, person => Assert.Equal(ChildProgram.SamplesEach, person.Samples.Count));
    }

    public void Dispose() => _temporary.Dispose();

    /// <summary>A sample whose bytes are like no other's.</summary>
    internal static StoredSample Sample(int seed)
    {
        var pixels = new byte[60 * 60];
        new Random(seed).NextBytes(pixels);
        var crop =
            new FaceCrop(new PixelBuffer(60, 60, PixelFormat.Gray8, pixels),
                FaceAlignment.Template.Map(point => new FacePoint(point.X * 60, point.Y * 60)));
        return new StoredSample(new SampleId(Guid.NewGuid()), SampleSource.Photo, TestVisits.Noon.AddMinutes(seed), 0.5f, false, crop,
            Vector(seed));
    }

    /// <summary>Names a new person.</summary>
    internal static PersonId Someone() => new(Guid.NewGuid());

    /// <summary>A new person with samples.</summary>
    internal static GalleryChange Added(PersonId id, string name, params StoredSample[] samples) =>
        new() { Named = new Dictionary<PersonId, string> { [id] = name }, Added = [.. samples.Select(sample => (id, sample))] };

    private static Embedding Vector(int seed)
    {
        var random = new Random(seed);
        return Embedding.Of([.. Enumerable.Range(0, 128).Select(_ => random.NextSingle() - 0.5f)]);
    }

    private SqliteGalleryStore Open() => SqliteGalleryStore.Open(Folder, _log);

    private bool IsInSomeFile(byte[] trace) => Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Any(path =>
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes.AsSpan().IndexOf(trace) >= 0;
    });
}
