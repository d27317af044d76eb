using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Visits;
using DoorbellFace.Vision;
using DoorbellFace.Vision.Photos;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Trainer.Building;

/// <summary>What came of enrolling one person.</summary>
/// <param name="Name">As they are called from now on.</param>
/// <param name="Added">Pictures that were kept.</param>
/// <param name="Samples">Pictures of them now.</param>
/// <param name="Problem">Why nothing was kept, as a sentence; null when nothing spoke against it.</param>
internal sealed record FamilyMemberEnrolled(string Name, int Added, int Samples, string? Problem);

/// <summary>Lets the doorbell know the people from whose photos a model was built: a backbone knows nobody by itself.</summary>
/// <param name="photos">Folder with a folder of photos for each person, called as the person.</param>
internal sealed class FamilyEnrolment(string photos)
{
    private readonly PhotosOfPerson[] _people = [.. PhotoFolder.Read(photos).People.Where(person => person.Photos.Count > 0)];

    /// <summary>Whom the photos show, as they will be called.</summary>
    public IReadOnlyList<string> Names => [.. _people.Select(person => NameOf(person.Name))];

    /// <summary>Their folders, directly in the folder of photos, and their names.</summary>
    public IReadOnlyList<(string Folder, string Name)> Folders => [.. _people.Select(person => (person.Name, NameOf(person.Name)))];

    /// <summary>How many photos that are.</summary>
    public int Photos => _people.Sum(person => person.Photos.Count);

    /// <summary>Enrols them all; a person whose pictures raise a doubt is left out, and the others are not.</summary>
    /// <param name="dataFolder">The doorbell's data folder.</param>
    /// <param name="modelFolder">The backbone in use; null for the one that comes with the program.</param>
    /// <param name="onPhoto">Called after each photo.</param>
    /// <param name="stop">Breaks it off; who was enrolled by then stays so.</param>
    public IReadOnlyList<FamilyMemberEnrolled> Run(string dataFolder, string? modelFolder, Action onPhoto, CancellationToken stop)
    {
        var storage = new SqlitePeopleStorage(dataFolder, NullLogger.Instance);
        var visits =
            new VisitService(new SqliteVisitStorage(dataFolder, TimeProvider.System, NullLogger.Instance), storage, TimeProvider.System);
        using var tools = GalleryTools.Of(new FaceModels().LoadEngine(modelFolder));
        var enrolment =
            new EnrolmentService(new PeopleService(storage, visits, () => tools), visits, new PictureFiles(), TimeProvider.System);
        var enrolled = new List<FamilyMemberEnrolled>();
        foreach (PhotosOfPerson person in _people)
        {
            if (stop.IsCancellationRequested) break;
            enrolled.Add(Enrol(enrolment, person, tools, dataFolder, onPhoto, stop));
        }
        return enrolled;
    }

    /// <summary>Folders cannot always have the blanks that names have.</summary>
    private static string NameOf(string folder) => folder.Replace('_', ' ');

    private FamilyMemberEnrolled Enrol(EnrolmentService enrolment, PhotosOfPerson person, GalleryTools tools, string dataFolder,
        Action onPhoto, CancellationToken stop)
    {
        string name = NameOf(person.Name);
        try
        {
            EnrolmentReport report =
                enrolment.FromFiles(name, [.. person.Photos.Select(photo => (photo, Path.Combine(photos, photo)))], tools, onPhoto,
                    anyway: false, stop);
            if (report.Result.Added.Count > 0) ConsoleAudit.Note(dataFolder, AuditAct.Enrolled, report.Person.Id);
            string? problem = report.Result.Added.Count > 0 ? null
                : report.IsNew ? "No usable picture." : "Enrolled before; these pictures say nothing new.";
            return new FamilyMemberEnrolled(report.Person.Name, report.Result.Added.Count, report.Samples, problem);
        }
        catch (DoorbellException doubt)
        {
            return new FamilyMemberEnrolled(name, 0, 0, doubt.Message);
        }
    }
}
