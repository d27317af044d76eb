using System.Globalization;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Review;

/// <summary>A crop and what the backbone makes of it.</summary>
/// <param name="Crop">Path relative to the folder of faces.</param>
/// <param name="Person">Whose folder it lies in.</param>
/// <param name="Embedding">Null when its middle shows no face.</param>
internal sealed record ReviewedCrop(string Crop, string Person, Embedding? Embedding);

/// <summary>
/// Finds crops that are no faces or another person's, by the backbone that comes with the program: each is compared with the mean of its
/// own person's other crops and with everybody else's. Suggests only; whether it is so a person decides.
/// </summary>
internal static class CropReview
{
    /// <summary>A crop is another person's when it is so much more like their mean, in cosine, and like enough to be named there.</summary>
    private const float NearerToOther = 0.1f;

    /// <summary>Below this cosine to the person's other crops it is unlike them. Measured in docs/results/build-model.md.</summary>
    private const float Unlike = 0.2f;

    /// <summary>Fewer crops than this have no mean to be unlike.</summary>
    private const int FewestCrops = 3;

    /// <summary>Looks at all crops.</summary>
    /// <param name="faces">Folder with a folder for each person.</param>
    /// <param name="people">Who is in it.</param>
    /// <param name="onCrop">Called after each crop.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="InvalidModelException">A model is not there or cannot be used.</exception>
    public static IReadOnlyList<ReviewedCrop> Look(string faces, IReadOnlyList<PersonFolder> people, Action onCrop, CancellationToken stop)
    {
        using CropAligner aligner = CropAligner.Load();
        using var embedder = OnnxFaceEmbedder.Load(ShippedModels.FaceBackbone, threads: 1);
        FaceLandmarks landmarks = FaceAlignment.Landmarks(CropAligner.EdgePixels);
        var crops = new List<ReviewedCrop>();
        foreach (PersonFolder person in people)
        {
            foreach (string file in person.Files)
            {
                stop.ThrowIfCancellationRequested();
                PixelBuffer? aligned = PictureFile.TryRead(file) is { Succeeded: true } reading ? aligner.Align(reading.Picture) : null;
                crops.Add(new ReviewedCrop(Path.GetRelativePath(faces, file), person.Name,
                    aligned is null ? null : embedder.Embed(aligned, landmarks)));
                onCrop();
            }
        }
        return crops;
    }

    /// <summary>What seems to be wrong, in the order of the crops; see the other one.</summary>
    public static IReadOnlyList<CropSuggestion> Suggest(IReadOnlyList<ReviewedCrop> crops) =>
        Suggest(crops, OnnxModel.ManifestOf(ShippedModels.FaceBackbone).Thresholds.Accept);

    /// <summary>What seems to be wrong, in the order of the crops.</summary>
    /// <param name="crops">All crops.</param>
    /// <param name="accept">Cosine from which the backbone says a name.</param>
    public static IReadOnlyList<CropSuggestion> Suggest(IReadOnlyList<ReviewedCrop> crops, float accept)
    {
        // Twice: wrong crops spoil the means that the others are compared with.
        HashSet<string> wrong = [.. Suggest(crops, [], accept).Select(suggestion => suggestion.Crop)];
        return [.. Suggest(crops, wrong, accept)];
    }

    private static IEnumerable<CropSuggestion> Suggest(IReadOnlyList<ReviewedCrop> crops, HashSet<string> leftOut, float accept)
    {
        ILookup<string, ReviewedCrop> people =
            crops.Where(crop => crop.Embedding is not null && !leftOut.Contains(crop.Crop)).ToLookup(crop => crop.Person);
        var means = people.ToDictionary(person => person.Key, person => MeanOf(person));
        foreach (ReviewedCrop crop in crops)
        {
            if (crop.Embedding is null)
            {
                yield return new CropSuggestion(crop.Crop, CropFault.NoFace,
                    "its middle shows no face whose eyes, nose and mouth could be found");
                continue;
            }
            ReviewedCrop[] others = [.. people[crop.Person].Where(other => other.Crop != crop.Crop)];
            float own = others.Length == 0 ? -1 : MeanOf(others).Similarity(crop.Embedding);
            (string? nearest, float similarity) = means.Where(mean => mean.Key != crop.Person)
                .Select(mean => ((string?)mean.Key, mean.Value.Similarity(crop.Embedding))).DefaultIfEmpty((null, -1))
                    .MaxBy(item => item.Item2);
            if (nearest is not null && similarity >= accept && similarity >= own + NearerToOther)
                yield return new CropSuggestion(crop.Crop, CropFault.OtherPerson,
                    $"it looks more like {nearest} ({Text(similarity)}) than like {crop.Person} ({Text(own)})")
                {
                    LooksLike = nearest,
                };
            else if (others.Length + 1 >= FewestCrops && own < Unlike)
                yield return new CropSuggestion(crop.Crop, CropFault.Unlike,
                    $"it does not look like the other pictures of {crop.Person} ({Text(own)}; at least {Text(Unlike)} needed)");
        }
    }

    private static Embedding MeanOf(IEnumerable<ReviewedCrop> crops) => Embedding.Mean(crops.Select(crop => (crop.Embedding!, 1f)));

    private static string Text(float similarity) => similarity.ToString("0.00", CultureInfo.InvariantCulture);
}
