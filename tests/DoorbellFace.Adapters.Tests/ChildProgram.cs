using System.Diagnostics;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Adapters.Tests;

/// <summary>
/// This test program as a child of a test: it works with the real parts until it is killed, and writes on standard output what it has done,
/// each line after the fact.
/// </summary>
internal static class ChildProgram
{
    private const string Visits = "visits", Sound = "sound", Gallery = "gallery";

    /// <summary>Pictures that each person gets who is enrolled by the child.</summary>
    public const int SamplesEach = 20;

    /// <summary>Far more than any test waits for; the child ends by itself if the test is gone.</summary>
    private const int MaxRounds = 2000;

    public static int Main(string[] args)
    {
        switch (args)
        {
            case [Visits, var folder]:
                KeepVisits(folder);
                return 0;
            case [Gallery, var folder]:
                Enrol(folder);
                return 0;
            case [Sound, var file]:
                WriteSound(file);
                return 0;
            default:
                Console.Error.WriteLine("This program runs the tests of the host: dotnet test.");
                return 2;
        }
    }

    /// <summary>Starts the child that keeps visits in a folder.</summary>
    public static Process StartKeepingVisits(string folder) => Start(Visits, folder);

    /// <summary>Starts the child that enrols people, each with many pictures.</summary>
    public static Process StartEnrolling(string folder) => Start(Gallery, folder);

    /// <summary>Starts the child that writes clips into a WAV file.</summary>
    public static Process StartWritingSound(string file) => Start(Sound, file);

    private static Process Start(string what, string where) => DotnetProgram.Start(typeof(ChildProgram).Assembly, what, where);

    private static void KeepVisits(string folder)
    {
        using SqliteVisitStore store = SqliteVisitStore.Open(folder, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        for (int round = 0; round < MaxRounds; round++)
        {
            DateTimeOffset start = TimeProvider.System.GetUtcNow();
            var visit = new VisitRecord
            {
                Id = new VisitId(Guid.CreateVersion7()), StartedAt = start, StartedBy = VisitStart.Ring, Rings = 1,
            };
            store.Save(visit);
            visit = visit with { FramesSeen = 1, PicturePath = store.Pictures.Save(visit, SmallPng.Bytes) };
            store.Save(visit);
            Console.Out.WriteLine($"open {visit.Id}");
            store.Save(visit with { EndedAt = TimeProvider.System.GetUtcNow(), Outcome = VisitOutcome.Known, Name = "Anna" });
            Console.Out.WriteLine($"ended {visit.Id}");
        }
    }

    private static void Enrol(string folder)
    {
        using SqliteGalleryStore store = SqliteGalleryStore.Open(folder, NullLogger.Instance);
        for (int round = 0; round < MaxRounds; round++)
        {
            StoredSample[] samples = [.. Enumerable.Range(round * SamplesEach, SamplesEach).Select(Storage.SqliteGalleryStoreTests.Sample)];
            store.Apply(Storage.SqliteGalleryStoreTests.Added(new PersonId(Guid.NewGuid()), $"person {round}", samples));
            Console.Out.WriteLine($"person {round}");
        }
    }

    private static void WriteSound(string file)
    {
        PcmClip clip = Chime.Render(PcmClip.UsualSampleRate);
        using var output = new WavFileOutput(file, PcmClip.UsualSampleRate);
        for (int round = 0; round < MaxRounds; round++)
        {
            output.Begin(clip);
            Console.Out.WriteLine("written");
        }
    }
}
