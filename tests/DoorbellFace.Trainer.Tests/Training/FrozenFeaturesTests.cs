using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Evaluation;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Tests.Network;
using DoorbellFace.Trainer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests.Training;

/// <summary>Features that were kept are those that the network gives, and are kept for what they are of.</summary>
public sealed class FrozenFeaturesTests : IDisposable
{
    private static readonly TrainingSettings Settings = new()
    {
        Network = "squeezenet1_0", Mode = TrainingSettings.FeatureExtraction, Size = 64, Seed = 7, Copies = 2,
        Augment = "rotation,noise,imagenet-normalise",
    };

    private readonly DrawnFolder _folder = new();
    private readonly FaceNetwork _network;
    private readonly LabelledCrop[] _train =
        [.. Enumerable.Range(0, 3).Select(i => new LabelledCrop(0, Split.Train, DrawnFolder.Draw("Anna", i)))];
    private readonly LabelledCrop[] _test = [new LabelledCrop(1, Split.Test, DrawnFolder.Draw("Ben", 0))];

    public FrozenFeaturesTests()
    {
        _network = NetworkKind.Named(Settings.Network).Create(3);
        FormulaWeights.Fill(_network);
        _network.FreezeFeatures();
    }

    public void Dispose()
    {
        _network.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("squeezenet1_0", 3)]
    [InlineData("resnet18", 1)]
    public void Are_what_the_network_gives_directly(string name, int dimensions)
    {
        using FaceNetwork network = NetworkKind.Named(name).Create(3);
        FormulaWeights.Fill(network);
        network.FreezeFeatures();
        using var features = new FrozenFeatures(network, Settings with { Network = name }, _folder.In("features"));
        features.Compute(_train, _test, batch: 4, (_, _) => { }, CancellationToken.None);
        using (var again = Reopen(features, network, Settings with { Network = name }))
        {
            Assert.Equal(dimensions, again.Shape.Length);
            AssertSame(Direct(network, _test[0]), again.Plain(_test[0]));
            AssertSame(Direct(network, _train[1]), again.Plain(_train[1]));
        }
    }

    [Fact]
    public void The_last_layer_over_them_says_what_the_whole_network_says()
    {
        using var features = new FrozenFeatures(_network, Settings, _folder.In("features"));
        features.Compute(_train, _test, batch: 4, (_, _) => { }, CancellationToken.None);
        var input = new FeatureInput(_network, features, _train, batch: 2);
        LabelledCrop[] all = [.. _train, .. _test];

        Predictions kept = input.Predict(all),
            direct = Evaluator.Predict(_network, all, new Preprocessor(PreprocessorSettings.ImageNetGray(64)), batch: 2);

        Assert.Equal(direct.Truth, kept.Truth);
        for (int i = 0; i < all.Length; i++) AssertSame(direct.Logits[i], kept.Logits[i]);
    }

    [Fact]
    public void Copies_differ_from_each_other_and_come_again_in_turn()
    {
        using var features = new FrozenFeatures(_network, Settings, _folder.In("features"));
        features.Compute(_train, _test, batch: 4, (_, _) => { }, CancellationToken.None);

        Assert.Equal(features.Augmented(_train[0], 0), features.Augmented(_train[0], 2));
        Assert.NotEqual(features.Augmented(_train[0], 0), features.Augmented(_train[0], 1));
        Assert.NotEqual(features.Augmented(_train[0], 0), features.Plain(_train[0]));
    }

    [Fact]
    public void Are_computed_once_and_only_what_is_new_is_added()
    {
        Assert.Equal(3 + 1 + (3 * 2), Missing(Settings, _train));
        Assert.Equal(0, Missing(Settings, _train));
        LabelledCrop more = new(0, Split.Train, DrawnFolder.Draw("Anna", 9));
        Assert.Equal(1 + 2, Missing(Settings, [.. _train, more]));
    }

    [Fact]
    public void Are_others_for_other_weights_another_size_other_preprocessing_or_another_seed()
    {
        Missing(Settings, _train);

        Assert.Equal(6, Missing(Settings with { Seed = 8 }, _train));
        Assert.Equal(6, Missing(Settings with { Augment = "flip,imagenet-normalise" }, _train));
        Assert.Equal(10, Missing(Settings with { Augment = "rotation,noise" }, _train));
        Assert.Equal(10, Missing(Settings with { Size = 80 }, _train));
        Assert.Equal(10, Missing(Settings with { Colour = true }, _train));
        using (no_grad()) _network.parameters().First().add_(0.01);
        Assert.Equal(10, Missing(Settings, _train));
        // The last layer is not asked, so it changes nothing.
        using (no_grad()) _network.LastLayer.parameters().First().add_(0.01);
        Assert.Equal(0, Missing(Settings, _train));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(-400)]
    public void A_file_that_was_cut_short_loses_its_last_record_only(int bytes)
    {
        Missing(Settings with { Augment = "none" }, _train);
        string file = Assert.Single(Directory.GetFiles(_folder.In("features")));
        using (FileStream stream = File.OpenWrite(file)) stream.SetLength(stream.Length + bytes);

        Assert.Equal(1, Missing(Settings with { Augment = "none" }, _train));
        Assert.Equal(0, Missing(Settings with { Augment = "none" }, _train));
    }

    [Fact]
    public void A_flipped_bit_is_noticed()
    {
        Missing(Settings with { Augment = "none" }, _train);
        string file = Assert.Single(Directory.GetFiles(_folder.In("features")));
        byte[] content = File.ReadAllBytes(file);
        content[^100] ^= 1;
        File.WriteAllBytes(file, content);

        Assert.Equal(1, Missing(Settings with { Augment = "none" }, _train));
    }

    private int Missing(TrainingSettings settings, LabelledCrop[] train)
    {
        using var features = new FrozenFeatures(_network, settings, _folder.In("features"));
        int missing = 0;
        features.Compute(train, _test, batch: 4, (_, total) => missing = total, CancellationToken.None);
        return missing;
    }

    private FrozenFeatures Reopen(FrozenFeatures features, FaceNetwork network, TrainingSettings settings)
    {
        features.Dispose();
        return new FrozenFeatures(network, settings, _folder.In("features"));
    }

    private static float[] Direct(FaceNetwork network, LabelledCrop crop)
    {
        network.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        float[] tensor = new Preprocessor(PreprocessorSettings.ImageNetGray(64)).ToTensor(crop.Pixels);
        return network.Features(from_array(tensor).reshape(1, 3, 64, 64)).data<float>().ToArray();
    }

    /// <summary>A batch may be computed in another order than a single picture.</summary>
    private static void AssertSame(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        float scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.First - pair.Second, -1e-5f * scale, 1e-5f * scale));
    }
}
