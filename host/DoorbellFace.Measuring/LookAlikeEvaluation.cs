using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Measuring.Wearing;

namespace DoorbellFace.Measuring;

/// <summary>
/// Measures sets of the look-alike benchmark: enrols a household with some photos of each, asks about the others and about strangers, with
/// several seeds and for several networks. The first network is the product's, a second one its teacher.
/// </summary>
/// <param name="readings">What the photos say.</param>
/// <param name="networks">The manifest and the strangers of each network, in the order of the readings' embeddings.</param>
/// <param name="settings">How.</param>
public sealed class LookAlikeEvaluation(PhotoReadings readings, IReadOnlyList<(ModelManifest Manifest, StrangerBank Bank)> networks,
    LookAlikeSettings settings)
{
    /// <summary>Photos that a set makes it look at.</summary>
    public static int CountPhotos(LookAlikeSet set) => set.People.Concat(set.Strangers).Sum(person => person.Photos.Count);

    /// <summary>Measures a set.</summary>
    /// <param name="set">Which.</param>
    /// <param name="onPhoto">Called for each photo.</param>
    /// <param name="stop">Ends it; nothing comes of it then.</param>
    /// <returns>The figures of each network.</returns>
    public IReadOnlyList<LookAlikeFigures> Run(LookAlikeSet set, Action onPhoto, CancellationToken stop)
    {
        foreach (string photo in set.People.Concat(set.Strangers).SelectMany(person => person.Photos))
        {
            stop.ThrowIfCancellationRequested();
            readings.Of(photo, settings.Camera, settings.Worn);
            onPhoto();
        }
        IReadOnlyList<PersonPhotos> strangers = set.NearestStrangers is { } count ? Nearest(set, count) : set.Strangers;
        return [.. networks.Select((_, network) =>
            LookAlikeScores.Of([.. settings.Seeds.Select(seed => Answers(set, strangers, network, seed))]))];
    }

    /// <summary>Of the strangers those most like anyone of the family, by the last network: the teacher, where it is asked.</summary>
    private PersonPhotos[] Nearest(LookAlikeSet set, int count)
    {
        int teacher = networks.Count - 1;
        Embedding[] family =
            [.. set.People.Select(person => person.Photos.Select(photo => readings.Of(photo, null)).OfType<PhotoReading>().ToArray())
            .Where(seen => seen.Length > 0)
            .Select(seen => Embedding.Mean(seen.Select(reading => (reading.Embeddings[teacher], reading.Weight))))];
        float Likeness(PersonPhotos stranger) =>
            readings.Of(stranger.Photos[0], null) is { } reading
                ? family.Max(person => person.Similarity(reading.Embeddings[teacher]))
                : -1;
        return [.. set.Strangers.OrderByDescending(Likeness).Take(count)];
    }

    private List<ProbeAnswer> Answers(LookAlikeSet set, IReadOnlyList<PersonPhotos> strangers, int network, int seed)
    {
        var enrolled = new List<EnrolledPerson>();
        var asked = new List<(string Person, string Photo)>();
        foreach (PersonPhotos person in set.People)
        {
            string[] photos = [.. person.Photos];
            new Random(seed).Shuffle(photos);
            FaceSample[] samples =
                [.. photos.Take(settings.EnrolmentPhotos).Select(photo => readings.Of(photo, null)).OfType<PhotoReading>()
                .Select(reading =>
                    new FaceSample(new SampleId(Guid.NewGuid()), reading.Embeddings[network], reading.Weight, SampleSource.Photo))];
            enrolled.Add(new EnrolledPerson(new PersonId(Guid.NewGuid()), person.Name, samples, []));
            asked.AddRange(photos.Skip(settings.EnrolmentPhotos).Select(photo => (person.Name, photo)));
        }
        Household everyone = HouseholdOf(enrolled, network);
        List<ProbeAnswer> answers = [.. asked.Select(probe => Ask(everyone, probe.Person, probe.Photo, isStranger: false, network))];
        answers.AddRange(strangers.SelectMany(stranger =>
            stranger.Photos.Select(photo => Ask(everyone, stranger.Name, photo, isStranger: true, network))));
        if (set.LeaveOneOut)
        {
            foreach (EnrolledPerson left in enrolled)
            {
                Household others = HouseholdOf(enrolled.Where(person => person != left), network);
                answers.AddRange(asked.Where(probe => probe.Person == left.Name)
                    .Select(probe => Ask(others, probe.Person, probe.Photo, isStranger: true, network)));
            }
        }
        return answers;
    }

    private Household HouseholdOf(IEnumerable<EnrolledPerson> people, int network) =>
        new(new Gallery(networks[network].Manifest.ModelSha256, [.. people]), networks[network].Bank, networks[network].Manifest);

    private ProbeAnswer Ask(Household household, string person, string photo, bool isStranger, int network)
    {
        PhotoReading? seen = readings.Of(photo, settings.Camera, settings.Worn);
        PersonMatch? best =
            seen is { } reading && household.Search(reading.Embeddings[network]) is [PersonMatch mostSimilar, ..] ? mostSimilar : null;
        return new ProbeAnswer(person, photo, isStranger, best);
    }
}

/// <summary>How the look-alike benchmark is run.</summary>
/// <param name="EnrolmentPhotos">Photos of each person that they are enrolled with, as they are.</param>
/// <param name="Seeds">Each decides which photos these are.</param>
/// <param name="Camera">Height of the face at which the others are seen; null for the photo as it is.</param>
public sealed record LookAlikeSettings(int EnrolmentPhotos, IReadOnlyList<int> Seeds, int? Camera)
{
    /// <summary>What is painted on the faces that are asked about, family and strangers; not on those that are enrolled.</summary>
    public IReadOnlyList<Worn> Worn { get; init; } = [];
}
