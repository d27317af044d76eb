using System.Globalization;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// A data folder as it is after years: many visits, one every 40 minutes, of eight people with as many pictures as are kept of a person,
/// and of strangers. The pictures of people are noise, and visits share one, except those that wait for a name: they are drawn.
/// </summary>
internal static class VisitsOfYears
{
    private const int People = 8, CropEdge = 220, StrangerEvery = 3, CompanyEvery = 25;

    /// <summary>Strangers with a picture of their own, of whom some come again; no more are asked about.</summary>
    private const int DrawnVisits = ReviewQueue.MostVisits, DrawnPeople = 120;

    private static readonly DateTimeOffset Newest = new(2026, 11, 29, 9, 0, 0, TimeSpan.Zero);

    private static readonly SceneVariation AtTheDoor = new()
    {
        YawDegrees = 12, PitchDegrees = 6, SmallestFacePixels = 95, LargestFacePixels = 150,
    };

    private static readonly string[] Names = ["Anna", "Ben", "Clara", "David", "Emma", "Felix", "Greta", "Hugo"];

    /// <summary>Makes the folder's stores.</summary>
    /// <param name="folder">A folder that is there.</param>
    /// <param name="count">Visits, 1 or more.</param>
    /// <returns>The id of the first person, and the visit in the middle.</returns>
    public static (PersonId Person, VisitRecord Middle) Write(string folder, int count)
    {
        PersonId[] people = [.. Enumerable.Range(0, People).Select(_ => new PersonId(Guid.CreateVersion7()))];
        Enrol(folder, people);
        WritePicture(folder, Shared, new PixelBuffer(320, 240, PixelFormat.Gray8, new byte[320 * 240]));
        for (int i = 0; i < DrawnVisits; i++)
        {
            WritePicture(folder, Drawn(i),
                FaceRenderer.Render(DrawnStrangers.Visitor(i % DrawnPeople), DrawnScene.Random(i, AtTheDoor), 320, 240));
        }
        SqliteVisitStore.Open(folder, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance).Dispose();
        var settings =
            new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, VisitDatabase.FileName), Pooling = false };
        using var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        // In one transaction: a disk that is waited for after each of 100,000 visits would take an hour.
        using SqliteTransaction transaction = connection.BeginTransaction();
        for (int i = 0; i < count; i++)
        {
            using var command = new SqliteCommand(VisitRow.Upsert, connection, transaction);
            VisitRow.AddParameters(command.Parameters, Visit(i, people), Newest);
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        return (people[0], Visit(count / 2, people));
    }

    private static VisitRecord Visit(int index, PersonId[] people)
    {
        DateTimeOffset at = Newest.AddMinutes(-40.0 * index);
        int who = index % People;
        bool isStranger = index % StrangerEvery == 0;
        return new VisitRecord
        {
            Id = VisitId.Of(DoorId.Front, at, Guid.Empty),
            StartedAt = at,
            EndedAt = at.AddSeconds(20),
            StartedBy = VisitStart.Ring,
            Rings = 1,
            Outcome = isStranger ? VisitOutcome.Unknown : VisitOutcome.Known,
            Person = isStranger ? null : people[who],
            Name = isStranger ? null : Names[who],
            Company = index % CompanyEvery == 0
                ? [new Visitor(VisitOutcome.Known, people[(who + 1) % People], Names[(who + 1) % People], null, 3, "It is likely.")]
                : [],
            Figures = new MatchFigures { Similarity = 0.71f, Score = 0.52f, Accept = 0.31f, Reject = 0.2f },
            FramesSeen = 6,
            FramesWithFace = 5,
            Reasons = [string.Create(CultureInfo.InvariantCulture, $"likeness 0.71, visit {index}. 5 of 6 frames agree.")],
            PicturePath = isStranger && index / StrangerEvery < DrawnVisits ? Drawn(index / StrangerEvery) : Shared,
        };
    }

    private static void Enrol(string folder, PersonId[] people)
    {
        var random = new Random(1);
        using SqliteGalleryStore store = SqliteGalleryStore.Open(folder, NullLogger.Instance);
        store.Apply(new GalleryChange
        {
            Named = people.Index().ToDictionary(person => person.Item, person => Names[person.Index]),
            Added = [.. people.SelectMany(person =>
                Enumerable.Range(0, new EnrolmentOptions().MostSamples).Select(_ => (person, Sample(random))))],
        });
    }

    private static StoredSample Sample(Random random)
    {
        var pixels = new byte[CropEdge * CropEdge];
        random.NextBytes(pixels);
        return new StoredSample(
            new SampleId(Guid.CreateVersion7()), SampleSource.Photo, Newest, 1, IsNegative: false,
            new FaceCrop(new PixelBuffer(CropEdge, CropEdge, PixelFormat.Gray8, pixels), FaceAlignment.Landmarks(CropEdge)),
            Embedding: null);
    }

    private static string Shared { get; } = Path.Combine("pictures", "shared.png");

    private static string Drawn(int number) =>
        Path.Combine("pictures", string.Create(CultureInfo.InvariantCulture, $"drawn-{number}.png"));

    private static void WritePicture(string folder, string path, PixelBuffer picture)
    {
        Directory.CreateDirectory(Path.Combine(folder, "pictures"));
        File.WriteAllBytes(Path.Combine(folder, path), new Vision.PictureFiles().EncodePng(picture));
    }
}
