using System.Security.Cryptography;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Vision.Tests;

public sealed class OnnxFaceClassifierTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-model-");

    private string ModelPath => Path.Combine(_folder.FullName, OnnxModel.ModelFile);

    private string ManifestPath => Path.Combine(_folder.FullName, OnnxModel.ManifestFile);

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(10, "Anna")]
    [InlineData(128, "Ben")]
    [InlineData(245, "unknown")]
    public void Names_the_label_that_the_network_prefers(byte brightness, string expected)
    {
        using var classifier = OnnxFaceClassifier.Load(Repository.Fixture("models/tiny"), threads: 1);

        float[] logits = classifier.Classify(TensorOf(classifier, brightness));

        Assert.Equal(3, logits.Length);
        Assert.Equal(expected, classifier.Manifest.Labels[logits.AsSpan().IndexOf(logits.Max())]);
    }

    [Fact]
    public void Computes_what_its_weights_say()
    {
        using var classifier = OnnxFaceClassifier.Load(Repository.Fixture("models/tiny"), threads: 1);
        float[] tensor = TensorOf(classifier, brightness: 200);
        int plane = tensor.Length / 3;
        float brightness = (tensor[0] + tensor[plane] + tensor[2 * plane]) / 3;

        float[] logits = classifier.Classify(tensor);

        // The fixture's four features are brightness + 2 - k, not below 0; logit c is their sum x 4 c - (4 c)^2 / 2.
        float sum = Enumerable.Range(0, 4).Sum(k => Math.Max(0, brightness + 2 - k));
        for (int c = 0; c < 3; c++) Assert.Equal((sum * 4 * c) - (4 * c * 4 * c / 2f), logits[c], tolerance: 1e-4f);
    }

    [Fact]
    public void Refuses_a_tensor_of_another_length()
    {
        using var classifier = OnnxFaceClassifier.Load(Repository.Fixture("models/tiny"), threads: 1);

        var error = Assert.Throws<ArgumentException>(() => classifier.Classify(new float[10]));

        Assert.Contains("holds 10 numbers; the model takes 768", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_which_file_is_missing()
    {
        Assert.Contains($"There is no {ManifestPath}", Refusal(), StringComparison.Ordinal);

        CopyFixture("tiny");
        File.Delete(ModelPath);
        Assert.Contains($"There is no {ModelPath}", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_cut_short_naming_both_hashes()
    {
        CopyFixture("tiny");
        byte[] model = File.ReadAllBytes(ModelPath);
        File.WriteAllBytes(ModelPath, model[..^100]);

        string message = Refusal();

        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(model)), message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(model.AsSpan(..^100))), message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_that_is_no_network_even_with_the_right_hash()
    {
        CopyFixture("tiny");
        ReplaceModel(model => [.. model.Select((value, index) => index > 40 && index < 300 ? (byte)~value : value)]);

        Assert.Contains("is not a network that ONNX Runtime can load", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_an_empty_manifest()
    {
        CopyFixture("tiny");
        File.WriteAllText(ManifestPath, "");

        Assert.Contains("manifest cannot be read", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_labels_that_the_file_does_not_know()
    {
        CopyFixture("tiny");
        File.WriteAllText(ManifestPath, File.ReadAllText(ManifestPath).Replace("\"Anna\"", "\"Bert\"", StringComparison.Ordinal));

        Assert.Contains("""the manifest says id2label is {"0":"Bert","1":"Ben","2":"unknown"}, and the model file says {"0":"Anna",""",
            Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_file_without_the_metadata_of_its_manifest()
    {
        CopyFixture("tiny");
        // One letter of the key as it stands in the file.
        ReplaceModel(model =>
        {
            model[model.AsSpan().IndexOf("trainer_version"u8)] = (byte)'T';
            return model;
        });

        Assert.Contains("the manifest says trainer_version is 0.1.0, and the model file says nothing about it", Refusal(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tiny-other-size",
        "the manifest says the input is Float N x 3 x 16 x 16, and the model file's is input: Float N x 3 x 32 x 32")]
    [InlineData("tiny-four-classes", "by the manifest logits is Float N x 3, and the model file's outputs are logits: Float N x 4")]
    [InlineData("tiny-other-output", "the manifest says output_name is logits, and the model file's outputs are scores: Float N x 3")]
    public void Refuses_shapes_and_names_that_disagree(string fixture, string expected)
    {
        CopyFixture(fixture);

        Assert.Contains(expected, Refusal(), StringComparison.Ordinal);
    }

    private static float[] TensorOf(OnnxFaceClassifier classifier, byte brightness)
    {
        byte[] pixels = new byte[32 * 32];
        Array.Fill(pixels, brightness);
        return new Preprocessor(classifier.Manifest.Preprocessor).ToTensor(new PixelBuffer(32, 32, PixelFormat.Gray8, pixels));
    }

    private string Refusal() => Assert.Throws<InvalidModelException>(() => OnnxFaceClassifier.Load(_folder.FullName, threads: 1)).Message;

    private void CopyFixture(string name)
    {
        foreach (string file in Directory.GetFiles(Repository.Fixture(Path.Combine("models", name))))
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)), overwrite: true);
    }

    /// <summary>Changes the file and writes its new hash into the manifest, so that only the later checks can notice.</summary>
    private void ReplaceModel(Func<byte[], byte[]> change)
    {
        byte[] model = File.ReadAllBytes(ModelPath);
        string before = Convert.ToHexStringLower(SHA256.HashData(model));
        byte[] changed = change(model);
        File.WriteAllBytes(ModelPath, changed);
        File.WriteAllText(ManifestPath,
            File.ReadAllText(ManifestPath).Replace(before, Convert.ToHexStringLower(SHA256.HashData(changed)), StringComparison.Ordinal));
    }
}
