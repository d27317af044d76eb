using DoorbellFace.Core.Faces;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Export;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>Strangers for a backbone out of the faces that it learnt from: the households that will use it are not among them.</summary>
internal static class HarvestStrangers
{
    /// <summary>The landmarks of every crop of a harvest: it was aligned by them.</summary>
    public static FaceLandmarks InCrop { get; } = FaceAlignment.Landmarks(FaceHarvest.CropEdgePixels, FaceHarvest.CropSpan);

    /// <summary>Writes the bank of a backbone.</summary>
    /// <param name="modelDirectory">The folder of the exported backbone.</param>
    /// <param name="harvest">Faces that pre-training may use; one of each person, half from sets with names and half from sets
    /// without.</param>
    /// <param name="seed">Decides who.</param>
    public static void Write(string modelDirectory, FaceHarvest harvest, int seed) =>
        StrangerBankExport.Write(modelDirectory, Choose(harvest, seed).Select(harvest.Crop), seed, _ => InCrop);

    private static List<int> Choose(FaceHarvest harvest, int seed)
    {
        int[] order = [.. Enumerable.Range(0, harvest.Faces.Count)];
        new SeededRandom(seed).Shuffle(order);
        int[] named =
            [.. order.Where(face => harvest.Faces[face].Person is not null).DistinctBy(face => harvest.Faces[face].Person)
                .Take(StrangerBankExport.Strangers / 2)];
        int[] unnamed = [.. order.Where(face => harvest.Faces[face].Person is null).Take(StrangerBankExport.Strangers - named.Length)];
        return [.. named.Concat(unnamed)];
    }
}
