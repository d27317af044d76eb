using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;
using DoorbellFace.Vision.Photos;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>
/// The demo with a family's own photos: every other photo of each person is enrolled, and those between ring. Nothing of it is kept.
/// </summary>
/// <param name="family">Folder with a folder of photos for each person.</param>
/// <param name="strangers">Folder with photos of people who are nobody's family; null for none.</param>
/// <param name="mostVisits">How many ring at most, everybody in turn.</param>
internal sealed class DemoPhotos(string family, string? strangers, int mostVisits)
{
    private const string Stranger = "a stranger";

    private readonly VirtualSensor _fitter = new(noiseSigma: 0, blurSigmaPixels: 0, seed: 1);
    private readonly PhotoFolder _family = Read(family);

    /// <summary>Enrols every other photo of each person, by the rules by which a household is enrolled.</summary>
    /// <param name="engine">Looks at the photos.</param>
    /// <param name="log">For remarks.</param>
    /// <exception cref="UserErrorException">Nobody has two usable photos.</exception>
    public Gallery Enrol(FaceEngine engine, ILogger log)
    {
        DirectoryInfo data = Directory.CreateTempSubdirectory("doorbellface-demo-");
        try
        {
            var services = new HouseServices(data.FullName, log);
            using GalleryTools tools = GalleryTools.Of(engine, isOwner: false);
            (string Name, string[] Photos)[] people =
                [.. _family.People.Select(person => (person.Name, Halves(person.Photos).Enrolled))
                    .Where(person => person.Enrolled.Length > 0)];
            Screen.WithProgress("Enrolling half of the photos", people.Sum(person => person.Photos.Length), onPhoto =>
            {
                foreach ((string name, string[] photos) in people) Enrol(services.Enrolment, name, photos, tools, onPhoto);
                return people.Length;
            });
            return SqliteGalleryStore.LoadGallery(data.FullName, engine.Embedder, log);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Those who ring, everybody in turn; what cannot be read stays away, and that is said.</summary>
    public IReadOnlyList<DemoVisitor> Visitors()
    {
        IEnumerable<(string Truth, string? Name, string Photo)>[] queues =
        [
            .. _family.People.Select(person =>
                Halves(person.Photos).Ringing.Select(photo =>
                    ($"{person.Name}, one of the family", (string?)person.Name, Path.Combine(family, photo)))),
            .. strangers is null
                ? []
                : new[] { Read(strangers).Photos.Select(photo => (Stranger, (string?)null, Path.Combine(strangers, photo))) },
        ];
        var visitors = new List<DemoVisitor>();
        foreach ((string truth, string? name, string photo) in InTurn(queues))
        {
            if (visitors.Count == mostVisits) break;
            PictureReading reading = PictureFile.TryRead(photo);
            if (reading.Succeeded) visitors.Add(new DemoVisitor(truth, name, View(reading.Picture)));
            else Screen.Remark($"Stays away: {reading.Reason}");
        }
        return visitors.Count > 0
            ? visitors
            : throw new UserErrorException(
                $"Nobody in '{family}' has two photos: one to be enrolled with, and one to ring with. Expected a folder with a folder of "
                + $"photos for each person.");
    }

    private static void Enrol(EnrolmentService enrolment, string name, string[] photos, GalleryTools tools, Action onPhoto)
    {
        try
        {
            EnrolmentReport report = enrolment.FromFiles(
                name, [.. photos.Select(photo => (Path.GetFileName(photo), photo))], tools, onPhoto, anyway: false, CancellationToken.None);
            if (report.Result.Added.Count == 0) Screen.Remark($"No usable photo of {name}, who is not enrolled.");
        }
        catch (DoorbellException doubt)
        {
            Screen.Remark($"{name} is not enrolled. {doubt.Message}");
        }
    }

    private static PhotoFolder Read(string folder)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"There is no folder '{folder}'. Expected a folder with a folder of photos for each person.");
        return PhotoFolder.Read(folder);
    }

    private (string[] Enrolled, string[] Ringing) Halves(IReadOnlyList<string> photos) => photos.Count < 2
        ? ([], [])
        : ([.. photos.Where((_, index) => index % 2 == 0).Select(photo => Path.Combine(family, photo))],
            [.. photos.Where((_, index) => index % 2 == 1)]);

    private static IEnumerable<T> InTurn<T>(IEnumerable<T>[] queues)
    {
        IEnumerator<T>[] open = [.. queues.Select(queue => queue.GetEnumerator())];
        while (open.Length > 0)
        {
            open = [.. open.Where(queue => queue.MoveNext())];
            foreach (IEnumerator<T> queue in open) yield return queue.Current;
        }
    }

    /// <summary>The photo as the doorbell's camera would show it.</summary>
    private PixelBuffer View(PixelBuffer photo) => _fitter.Capture(photo, SensorMode.All[0]);
}
