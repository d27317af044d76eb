using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Export;

/// <summary>
/// Puts the strangers beside an exported backbone, as the host will see them: through ONNX Runtime, half of them through a small camera.
/// </summary>
internal static class StrangerBankExport
{
    /// <summary>The file's name in the model folder.</summary>
    public const string FileName = "strangers.bank";

    /// <summary>How many strangers a bank holds at most.</summary>
    public const int Strangers = 1024;

    /// <summary>Writes the bank of a model.</summary>
    /// <param name="modelDirectory">The folder of the exported backbone.</param>
    /// <param name="crops">One of each stranger.</param>
    /// <param name="seed">Decides what the camera makes of every other one.</param>
    /// <param name="landmarksIn">Where a crop of that edge has its landmarks.</param>
    public static void Write(string modelDirectory, IEnumerable<PixelBuffer> crops, int seed, Func<int, FaceLandmarks> landmarksIn)
    {
        using var embedder = OnnxFaceEmbedder.Load(modelDirectory, threads: Environment.ProcessorCount);
        var camera = new SmallCamera(probability: 1);
        var strangers = new List<Embedding>();
        foreach ((int i, PixelBuffer crop) in crops.Index())
        {
            PixelBuffer seen = i % 2 == 0 ? crop : camera.Apply(crop, new SeededRandom(seed, i));
            strangers.Add(embedder.Embed(seen, landmarksIn(crop.Width)));
        }
        File.WriteAllBytes(Path.Combine(modelDirectory, FileName), StrangerBank.Of(embedder.Manifest.ModelSha256, strangers).ToBytes());
    }

    /// <summary>
    /// Writes the bank of a family's model. Where only the last layer has learnt, the embedding is the backbone's, and so are its
    /// strangers. Otherwise they are those that the training did not learn from, since the others are less like the family than they should
    /// be.
    /// </summary>
    /// <param name="modelDirectory">The folder of the exported model.</param>
    /// <param name="dataset">With aligned crops.</param>
    /// <param name="settings">How it was trained; the seed decides what the camera makes of the strangers.</param>
    /// <returns>Whether there were strangers.</returns>
    public static bool Write(string modelDirectory, FaceDataset dataset, TrainingSettings settings)
    {
        string? start = settings.Mode == TrainingSettings.FeatureExtraction ? StartWeights.FolderOf(settings.Start) : null;
        if (start is not null && File.Exists(Path.Combine(start, FileName)))
        {
            string ShaOf(string folder) => OnnxModel.ManifestOf(folder).ModelSha256;
            var bank = StrangerBank.Parse(File.ReadAllBytes(Path.Combine(start, FileName)), ShaOf(start));
            File.WriteAllBytes(Path.Combine(modelDirectory, FileName), StrangerBank.Of(ShaOf(modelDirectory), bank.Strangers).ToBytes());
            return true;
        }
        LabelledCrop[] unseen = [.. dataset.Crops.Where(crop => crop.Label == dataset.UnknownIndex && crop.Split != Split.Train)];
        if (unseen.Length == 0) return false;
        Write(modelDirectory, unseen.Take(Strangers).Select(crop => crop.Pixels), settings.Seed, edge => FaceAlignment.Landmarks(edge));
        return true;
    }
}
