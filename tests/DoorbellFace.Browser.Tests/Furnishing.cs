using System.Globalization;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Composition;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Browser.Tests;

/// <summary>Fills a data folder with people and visits, with the real networks and stores.</summary>
/// <param name="dataFolder">It need not be there.</param>
internal sealed class Furnishing(string dataFolder) : IDisposable
{
    private readonly HouseServices _house = new(dataFolder, NullLogger.Instance);
    private GalleryTools? _tools;
    private IVisitStore? _visits;

    /// <summary>Enrols somebody from photos.</summary>
    public PersonId Enrol(FamilyMember member, string[] photos)
    {
        _tools ??= _house.LoadTools();
        (string, string)[] files = [.. photos.Select(path => (Path.GetFileName(path), path))];
        return _house.Enrolment.FromFiles(member.Name, files, _tools, () => { }, anyway: false, CancellationToken.None).Person.Id;
    }

    /// <summary>Keeps a visit of twenty seconds.</summary>
    /// <param name="at">When somebody rang.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="picture">What the camera saw; null where no face was seen.</param>
    /// <param name="frames">How many frames were looked at, and how many of them show a face where there is one.</param>
    /// <param name="likeness">Cosine and score, where there is a face.</param>
    /// <param name="who">Whom it was taken for; null: nobody.</param>
    public VisitId Keep(DateTimeOffset at, VisitOutcome outcome, PixelBuffer? picture, (int Seen, int WithFace) frames,
        (float Similarity, float Score) likeness, (PersonId Id, string Name)? who)
    {
        _visits ??= _house.VisitStorage.OpenAsOwner();
        VisitRecord visit = TestVisits.Over(at) with
        {
            FramesSeen = frames.Seen,
            FramesWithFace = picture is null ? 0 : frames.WithFace,
            Outcome = outcome,
            Person = who?.Id,
            Name = who?.Name,
            Figures = picture is null ? null : new MatchFigures
            {
                Similarity = likeness.Similarity, Score = likeness.Score, Accept = 0.31f, Reject = 0.2f,
            },
            Reasons = picture is null
                ? [string.Create(CultureInfo.InvariantCulture, $"No face was seen in {frames.Seen} frames.")]
                : [string.Create(CultureInfo.InvariantCulture, $"likeness {likeness.Similarity:0.00}, where 0.31 is needed.")],
        };
        _visits.Save(visit);
        if (picture is not null) _visits.Save(visit with { PicturePath = _visits.SavePicture(visit, PictureFile.EncodePng(picture)) });
        return visit.Id;
    }

    public void Dispose()
    {
        _tools?.Dispose();
        _visits?.Dispose();
        _house.Dispose();
    }
}
