using System.Diagnostics;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Statistics;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Building;

/// <summary>
/// Asks an exported model about crops in ONNX Runtime, as the host runs it: a backbone by its gallery, a classifier by its labels. The host
/// looks at a face mirrored as well; here one look is taken.
/// </summary>
internal static class TrialMeasurement
{
    /// <summary>Mix-ups that are kept with their pictures.</summary>
    public const int MostMistakes = 24;

    private const int TimedFaces = 15;

    /// <summary>Share of some crops whose person came first, the time for a face, and the crops whose person did not.</summary>
    /// <param name="folder">The model folder; it is loaded as the host loads it.</param>
    /// <param name="dataset">Crops as this model takes them; those of the training part are the gallery.</param>
    /// <param name="part">Which crops are asked about.</param>
    public static (Rate Right, double Milliseconds, IReadOnlyList<(LabelledCrop Crop, int TakenFor)> Wrong) Of(
        string folder, FaceDataset dataset, Split part)
    {
        string task = OnnxModel.TaskOf(folder);
        using OnnxModel model = OnnxModel.Load(folder, task, threads: 1);
        var preprocessor = new Preprocessor(model.Manifest.Preprocessor);
        float[] Ask(LabelledCrop crop) => model.Run(preprocessor.ToTensor(crop.Pixels), model.Manifest.OutputName)[0];

        LabelledCrop[] asked = [.. dataset.FamilyOf(part)];
        Func<LabelledCrop, int> best = task == ModelTask.Embedding ? ByGallery(dataset, Ask) : crop =>
            Highest(Ask(crop), dataset.UnknownIndex);
        (LabelledCrop Crop, int TakenFor)[] wrong =
            [.. asked.Select(crop => (crop, best(crop))).Where(answer => answer.Item2 != answer.crop.Label)];

        double[] times = [.. asked.Take(TimedFaces).Select(crop =>
        {
            float[] tensor = preprocessor.ToTensor(crop.Pixels);
            long started = Stopwatch.GetTimestamp();
            model.Run(tensor, model.Manifest.OutputName);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }).Order()];
        return (Rate.OfSuccesses(asked.Length - wrong.Length, asked.Length), times.Length == 0 ? 0 : times[times.Length / 2], wrong);
    }

    private static Func<LabelledCrop, int> ByGallery(FaceDataset dataset, Func<LabelledCrop, float[]> ask)
    {
        var means = dataset.FamilyOf(Split.Train).GroupBy(crop => crop.Label)
            .ToDictionary(person => person.Key, person => Embedding.Mean(person.Select(crop => (Embedding.Of(ask(crop)), 1f))));
        return crop =>
        {
            var embedding = Embedding.Of(ask(crop));
            return means.MaxBy(mean => mean.Value.Similarity(embedding)).Key;
        };
    }

    /// <summary>
    /// The highest among the family: a gallery is asked for the most similar person, too, and not whether it is a stranger.
    /// </summary>
    private static int Highest(float[] logits, int unknownIndex) =>
        Enumerable.Range(0, logits.Length).Where(label => label != unknownIndex).MaxBy(label => logits[label]);
}
