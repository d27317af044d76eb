using System.IO.Compression;
using System.Text;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>The formats, by small files that PyTorch wrote (tests/fixtures/weights).</summary>
public sealed class WeightFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-weights-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("checkpoint.pth")]
    public void Reads_a_state_dict(string name)
    {
        using WeightFile file = Open(name);

        Assert.Equal(
            ["conv.weight [2, 1, 3, 3]", "conv.bias [2]", "norm.weight [2]", "norm.bias [2]", "norm.running_mean [2]",
                "norm.running_var [2]", "norm.num_batches_tracked []"],
            file.Tensors.Select(entry => $"{entry.Key} [{string.Join(", ", entry.Value.Shape)}]"));
        Assert.Equal(Counted(18), file.Read("conv.weight"));
        Assert.Equal(Counted(2), file.Read("norm.running_var"));
    }

    [Theory]
    [InlineData("kinds.pth")]
    [InlineData("kinds-legacy.pth")]
    public void Reads_every_kind_of_tensor(string name)
    {
        using WeightFile file = Open(name);

        foreach (string kind in (string[])["half", "bfloat", "double"]) Assert.Equal(Counted(6), file.Read(kind));
        foreach (string kind in (string[])["long", "int", "short", "char"]) Assert.Equal([-2, -1, 0, 1, 2, 3], file.Read(kind));
        Assert.Equal([250, 251, 252, 253, 254, 255], file.Read("byte"));
        Assert.Equal([1, 0, 1], file.Read("bool"));
        Assert.Equal([7.5f], file.Read("scalar"));
        Assert.Empty(file.Read("empty"));
        Assert.Equal(Counted(2), file.Read("parameter"));
        // Views of one storage of 4 x 6: a piece, some columns, and the transposed matrix.
        Assert.Equal(Counted(24)[6..18], file.Read("part"));
        Assert.Equal([0.5f, 0.75f, 2f, 2.25f, 3.5f, 3.75f, 5f, 5.25f], file.Read("columns"));
        Assert.Equal([0, 1.5f, 3, 4.5f, 0.25f], file.Read("turned")[..5]);
        Assert.Equal([6, 4], file.Tensors["turned"].Shape);
    }

    [Fact]
    public void Reads_safetensors()
    {
        using WeightFile file = Open("small.safetensors");

        Assert.Equal(["conv.weight", "half", "long", "scalar", "bfloat"], file.Tensors.Keys);
        Assert.Equal([2, 1, 3, 3], file.Tensors["conv.weight"].Shape);
        Assert.Equal(Counted(18), file.Read("conv.weight"));
        Assert.Equal(Counted(6), file.Read("half"));
        Assert.Equal([-2, -1, 0, 1, 2, 3], file.Read("long"));
        Assert.Equal([7.5f], file.Read("scalar"));
        Assert.Equal([1.5f, -2f], file.Read("bfloat"));
    }

    [Theory]
    [InlineData("refused-hostile.pth", "it asks for 'posix.system', which is no tensor, and nothing out of such a file is run.")]
    [InlineData("refused-hostile-legacy.pth", "it asks for 'posix.system', which is no tensor, and nothing out of such a file is run.")]
    [InlineData("refused-module.pth", "it asks for 'torch.nn.modules.linear.Linear', which is no tensor")]
    [InlineData("refused-no-tensors.pth", "it holds no tensors by name.")]
    [InlineData("refused-list.pth", "it holds no dictionary of tensors.")]
    public void Refuses_what_is_no_state_dict(string name, string reason)
    {
        string sentence = Refusal(Repository.Fixture("weights/" + name));

        Assert.StartsWith($"The weights in '{Repository.Fixture("weights/" + name)}' cannot be used: ", sentence, StringComparison.Ordinal);
        Assert.Contains(reason, sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "the file is empty.")]
    [InlineData("<html><title>404", "it is a web page.")]
    [InlineData("hello, these are no weights", "it is neither a .pth file of PyTorch nor a .safetensors file nor an exported model.")]
    [InlineData("PK\u0003\u0004 and no more of a zip file", "its directory cannot be read.")]
    public void Refuses_what_is_no_file_of_weights(string content, string reason) =>
        Assert.Contains(reason, Refusal(Written(Encoding.UTF8.GetBytes(content))), StringComparison.Ordinal);

    [Fact]
    public void Says_when_there_is_no_file() =>
        Assert.Equal("There is no file '/nowhere/weights.pth'.",
            Assert.Throws<InvalidWeightFileException>(() => WeightFile.Open("/nowhere/weights.pth")).Message);

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    [InlineData("small.safetensors")]
    public void Refuses_a_file_that_was_not_copied_to_the_end(string name)
    {
        byte[] whole = File.ReadAllBytes(Repository.Fixture("weights/" + name));

        for (int length = 1; length < whole.Length; length += 7) Refusal(Written(whole[..length]));
    }

    [Fact]
    public void Notices_a_damaged_tensor_by_the_zips_checksum()
    {
        byte[] bytes = File.ReadAllBytes(Repository.Fixture("weights/zip.pth"));
        // The weight of the convolution counts 0, 0.25, 0.5, ...; one bit of it is turned.
        int place = bytes.AsSpan().IndexOf(Counted(18).SelectMany(BitConverter.GetBytes).ToArray());
        bytes[place + 9] ^= 1;

        using WeightFile file = WeightFile.Open(Written(bytes));

        Assert.Contains("is damaged (the checksum is wrong)",
            Assert.Throws<InvalidWeightFileException>(() => file.Read("conv.weight")).Message, StringComparison.Ordinal);
        Assert.Equal(Counted(2), file.Read("conv.bias"));
    }

    [Fact]
    public void Refuses_a_compressed_zip_that_would_grow_to_anything()
    {
        string path = Path.Combine(_folder.FullName, "bomb.pth");
        using (ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create))
        using (Stream index = zip.CreateEntry("a/data.pkl", CompressionLevel.Optimal).Open())
        {
            index.Write(new byte[1 << 22]);
        }

        Assert.Contains("is compressed or encrypted", Refusal(path), StringComparison.Ordinal);
    }

    [Theory]
    // A shape whose product overflows to something small; more elements than are there; a negative place; bytes that belong to nobody.
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0,
        "is larger than what is stored for it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4],"data_offsets":[0,8]}}""", 8, "is larger than what is stored for it")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,0]}}""", 0, "has a negative size")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 4, "lies outside of the file")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes at the end belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "gaps, or they overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8,
        "is there twice")]
    [InlineData("""{"a":{"dtype":"F8","shape":[1],"data_offsets":[0,4]}}""", 4, "is of the type 'F8', which is not known")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1]}}""", 4, "it is not the JSON that it should be")]
    [InlineData("""{"a":[[[[[[[[[[[[1]]]]]]]]]]]]}""", 0, "it is not the JSON that it should be")]
    public void Refuses_safetensors_whose_index_makes_no_sense(string index, int dataBytes, string reason)
    {
        byte[] text = Encoding.UTF8.GetBytes(index);

        string sentence = Refusal(Written([.. BitConverter.GetBytes((long)text.Length), .. text, .. new byte[dataBytes]]));

        Assert.Contains(reason, sentence, StringComparison.Ordinal);
    }

    private static WeightFile Open(string fixture) => WeightFile.Open(Repository.Fixture("weights/" + fixture));

    private static float[] Counted(int count) => [.. Enumerable.Range(0, count).Select(i => i / 4f)];

    private static string Refusal(string path) => Assert.Throws<InvalidWeightFileException>(() =>
    {
        using WeightFile file = WeightFile.Open(path);
        foreach (string name in file.Tensors.Keys) file.Read(name);
    }).Message;

    private string Written(byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, "weights");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
