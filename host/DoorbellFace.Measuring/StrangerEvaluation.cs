using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring;

/// <summary>How strangers come again.</summary>
/// <param name="FaceHeightPixels">Height of the face in the doorbell's frame.</param>
/// <param name="Frames">Frames of the later visit, 2 or more; of the earlier one there is the picture that was kept.</param>
/// <param name="Seed">Decides the camera's noise.</param>
public sealed record StrangerSettings(int FaceHeightPixels, int Frames, int Seed);

/// <summary>How often strangers were known again.</summary>
/// <param name="Remembered">Strangers who had been there once.</param>
/// <param name="Again">Later visits of those, each with another photo.</param>
/// <param name="KnownAgain">Of them, known again.</param>
/// <param name="TakenForAnother">Of them, taken for another stranger who had been there.</param>
/// <param name="First">Visits of strangers who had never been there.</param>
/// <param name="FirstTakenForAnother">Of them, said to have been there.</param>
public sealed record StrangerResult(int Remembered, int Again, int KnownAgain, int TakenForAnother, int First, int FirstTakenForAnother);

/// <summary>Whether strangers are known again, and nobody for another: photos through camera, search, networks and memory.</summary>
/// <param name="engine">The networks.</param>
/// <param name="settings">How they come.</param>
public sealed class StrangerEvaluation(FaceEngine engine, StrangerSettings settings)
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    private readonly FaceRecognizer _recognizer = new(engine.Finder, engine.Reader);
    private readonly CameraView _view = new(settings.FaceHeightPixels);

    /// <summary>
    /// Does it. Of everybody with two photos or more, every second one has been there with the first photo, the latest
    /// <see cref="StrangerMemory.MostVisits"/> of them; all photos but the first ring.
    /// </summary>
    /// <param name="people">Strangers.</param>
    /// <param name="onPerson">Called after each person, twice for those who were there before.</param>
    /// <param name="stop">Ends it; nothing comes of it then.</param>
    public StrangerResult Run(IReadOnlyList<PersonPhotos> people, Action onPerson, CancellationToken stop)
    {
        var memory = new StrangerMemory(engine.HouseholdOf);
        PersonPhotos[] several = [.. people.Where(person => person.Photos.Count >= 2)];
        var visitOf = new Dictionary<string, DateTimeOffset>();
        for (int i = 0; i < several.Length; i += 2)
        {
            stop.ThrowIfCancellationRequested();
            DateTimeOffset at = Start.AddHours(i);
            if (Votes(several[i].Photos[0], frames: 1) is [var vote])
            {
                memory.Add(VisitAt(at), at, vote);
                visitOf[several[i].Name] = at;
            }
            onPerson();
        }
        HashSet<VisitId> kept = [.. memory.Visits];
        (int again, int known, int mistaken, int first, int firstMistaken) = (0, 0, 0, 0, 0);
        foreach (PersonPhotos person in several)
        {
            bool wasThere = visitOf.TryGetValue(person.Name, out DateTimeOffset visit) && kept.Contains(VisitAt(visit));
            foreach (string photo in person.Photos.Skip(1))
            {
                stop.ThrowIfCancellationRequested();
                if (Votes(photo, settings.Frames) is not { Count: > 0 } votes) continue;
                IReadOnlyList<DateTimeOffset> before = memory.Recall(votes, VisitAt(Start.AddYears(1)));
                if (wasThere) again++;
                else first++;
                if (wasThere && before.Contains(visit)) known++;
                else if (wasThere && before.Count > 0) mistaken++;
                else if (before.Count > 0) firstMistaken++;
            }
            onPerson();
        }
        return new StrangerResult(kept.Count, again, known, mistaken, first, firstMistaken);
    }

    private List<FaceVote> Votes(string photo, int frames)
    {
        if (PictureFile.TryRead(photo) is not { Succeeded: true } reading || engine.Photos.Read(reading.Picture) is not [var face, ..])
            return [];
        int seed = PhotoSeed.Of(photo, settings.Seed);
        return
        [
            .. Enumerable.Range(0, frames)
                .Select(frame => _recognizer.Recognize(_view.Take(reading.Picture, face.Detection.Landmarks!.Value, seed, frame)))
                .Where(faces => faces.Count > 0).Select(faces => faces[0].Vote),
        ];
    }

    private static VisitId VisitAt(DateTimeOffset at) => VisitId.Of(DoorId.Front, at, Guid.Empty);
}
