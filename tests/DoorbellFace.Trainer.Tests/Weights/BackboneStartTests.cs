using System.Runtime.InteropServices;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Training;
using DoorbellFace.Trainer.Weights;
using DoorbellFace.Vision;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>The backbone that comes with the program, back in the network that it was exported from.</summary>
public sealed class BackboneStartTests : IDisposable
{
    private const int Faces = 4;

    private static readonly int Size = OnnxModel.ManifestOf(ShippedModels.FaceBackbone).Preprocessor.Size;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-backbone-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Answers_as_the_exported_model_does_also_while_it_learns()
    {
        float[] faces = SmoothPictures();
        float[] expected = AskShipped(faces);
        using BackboneClassifier network = Started();

        foreach (bool training in (bool[])[false, true])
        {
            network.train(training);
            AssertClose(expected, Embed(network, faces));
        }
    }

    [Fact]
    public void Without_held_statistics_a_batch_would_change_the_answers()
    {
        float[] faces = SmoothPictures();
        using var network = new BackboneClassifier(3);
        StartWeights.Take(StartWeights.FileFor(StartWeights.FaceBackbone, BackboneClassifier.KindName, Store)!, network);
        network.train();

        Assert.True(Distance(AskShipped(faces), Embed(network, faces)) > 0.1);
    }

    [Fact]
    public void With_restored_statistics_a_batch_changes_nothing()
    {
        float[] faces = SmoothPictures();
        float[] expected = AskShipped(faces);
        using var network = new FaceBackbone();
        using (WeightFile file = WeightFile.Open(StartWeights.ModelOf(StartWeights.FaceBackbone)!)) BackboneWeights.Into(file, network);

        RestoredStatistics.Into(network, [from_array(faces).reshape(-1, 1, Size, Size)]);

        foreach (bool training in (bool[])[false, true])
        {
            network.train(training);
            using var scope = NewDisposeScope();
            AssertClose(expected, network.forward(from_array(faces).reshape(-1, 1, Size, Size)).data<float>().ToArray());
        }
    }

    [Fact]
    public void Several_give_the_mean_of_their_weights()
    {
        const string Name = "layer2.0.conv1.weight";
        string model = StartWeights.ModelOf(StartWeights.FaceBackbone)!, blank = Path.Combine(_folder.FullName, "blank.onnx");
        using WeightFile shipped = WeightFile.Open(model);
        float[] weights = shipped.Read(Name);
        byte[] bytes = File.ReadAllBytes(model);
        ReadOnlySpan<byte> there = MemoryMarshal.AsBytes<Half>(Array.ConvertAll(weights, weight => (Half)weight));
        bytes.AsSpan(bytes.AsSpan().IndexOf(there), there.Length).Clear();
        File.WriteAllBytes(blank, bytes);
        using var network = new FaceBackbone();

        BackboneWeights.MeanInto([blank, model, blank], network);

        using var scope = NewDisposeScope();
        Dictionary<string, Tensor> mean = network.state_dict();
        AssertClose(Array.ConvertAll(weights, weight => weight / 3), mean[Name].data<float>().ToArray());
        AssertClose(shipped.Read("fc.weight"), mean["fc.weight"].data<float>().ToArray());
    }

    [Fact]
    public void Its_classifier_starts_at_the_mean_of_each_label()
    {
        using BackboneClassifier network = Started();
        using var scope = NewDisposeScope();
        Tensor embeddings =
            randn(6, FaceBackbone.EmbeddingLength) + (10 * eye(FaceBackbone.EmbeddingLength).slice(0, 0, 3, 1).repeat_interleave(2, 0));

        network.Imprint(embeddings, [0, 0, 1, 1, 2, 2]);

        float[] logits = network.Head(embeddings).data<float>().ToArray();
        Assert.Equal([0, 0, 1, 1, 2, 2], logits.Chunk(3).Select(row => row.AsSpan().IndexOf(row.Max())));
        Assert.All(logits, logit => Assert.InRange(logit, -16.001f, 16.001f));
    }

    [Fact]
    public void Is_one_of_the_starts_that_say_which_network_and_size_they_fit()
    {
        Assert.Equal(new StartFit("face_backbone", Size), StartWeights.Fit(StartWeights.FaceBackbone));
        Assert.Equal(new StartFit("face_backbone", Size), StartWeights.Fit(ShippedModels.FaceBackbone));
        Assert.Null(StartWeights.Fit(StartWeights.Random));

        TrainingSettings usual = TrainingSettings.UsualFor(StartWeights.FaceBackbone, network: null);
        Assert.Equal(("face_backbone", Size, 12, 1e-4), (usual.Network, usual.Size, usual.Epochs, usual.LearningRate));
    }

    [Fact]
    public void Fits_no_other_network_and_other_exports_fit_none()
    {
        var wrongNetwork = Assert.Throws<UserErrorException>(() => StartWeights.FileFor(StartWeights.FaceBackbone, "resnet18", Store));
        var classifier = Assert.Throws<UserErrorException>(() => StartWeights.Fit(ShippedModels.Find("drawn-family")));

        Assert.Equal(
            "--start face-backbone holds the weights of face_backbone, and --network is resnet18. Leave out --network, or start from "
            + "something else.", wrongNetwork.Message);
        Assert.Contains("is a face-classification; of exported models a training can start from the face backbone alone",
            classifier.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_file_that_was_cut_short_or_spoilt_is_refused_with_a_sentence()
    {
        byte[] whole = File.ReadAllBytes(Path.Combine(ShippedModels.FaceLandmarks, OnnxModel.ModelFile));
        string path = Path.Combine(_folder.FullName, "model.onnx");
        var random = new Random(7);
        for (int i = 0; i < 60; i++)
        {
            byte[] spoilt = i % 2 == 0 ? whole[..random.Next(20, whole.Length)] : [.. whole];
            if (i % 2 == 1) random.NextBytes(spoilt.AsSpan(random.Next(3, 2000), 6));
            File.WriteAllBytes(path, spoilt);
            try
            {
                using WeightFile file = WeightFile.Open(path);
                foreach (string name in file.Tensors.Keys) file.Read(name);
            }
            catch (InvalidWeightFileException)
            {
                // The only exception that may come.
            }
        }
    }

    private WeightStore Store => new(_folder.FullName);

    private BackboneClassifier Started()
    {
        manual_seed(1);
        var network = new BackboneClassifier(3);
        TransferReport report =
            StartWeights.Take(StartWeights.FileFor(StartWeights.FaceBackbone, BackboneClassifier.KindName, Store)!, network);
        network.HoldStatistics();
        Assert.Equal(["classifier.weight", "classifier.bias"], report.Random);
        Assert.Equal(network.state_dict().Keys.Count(name => !name.EndsWith("num_batches_tracked", StringComparison.Ordinal)) - 2,
            report.Taken.Count);
        return network;
    }

    private static float[] Embed(BackboneClassifier network, float[] faces)
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        return network.Embed(from_array(faces).reshape(-1, 1, Size, Size)).data<float>().ToArray();
    }

    private static float[] AskShipped(float[] faces)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(Path.Combine(ShippedModels.FaceBackbone, OnnxModel.ModelFile), options);
        using var value = OrtValue.CreateTensorValueFromMemory(faces, [Faces, 1, Size, Size]);
        using var run = new RunOptions();
        using var answers = session.Run(run, ["input"], [value], ["embedding"]);
        return answers[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <summary>No faces, and as smooth as they are.</summary>
    private static float[] SmoothPictures() =>
        [.. Enumerable.Range(0, Faces * Size * Size)
            .Select(i =>
            MathF.Sin((i % Size * 0.1f) + (i / (Size * Size))) + MathF.Cos(i / Size % Size * 0.13f * (1 + (i / (Size * Size)))))];

    private static double Distance(float[] expected, float[] actual) =>
        expected.Zip(actual, (one, other) => Math.Abs((double)one - other)).Max() / Math.Max(1, expected.Max(MathF.Abs));

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.InRange(Distance(expected, actual), 0, 1e-4);
    }
}
