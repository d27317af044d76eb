using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>
/// Any bytes in: either tensors that fit the file, or the one refusal with its sentence; never another exception, and never much memory.
/// That it comes to an end is part of the test too.
/// </summary>
public sealed class WeightFileFuzzTests : IDisposable
{
    /// <summary>
    /// Reading a file of a few kilobytes takes this much at most: an index, a buffer of 64 KB for each tensor, the numbers.
    /// </summary>
    private const long MostBytesAllocated = 16 << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-fuzz-");

    public static TheoryData<string> Fixtures =>
        [.. Directory.EnumerateFiles(Repository.Fixture("weights")).Select(path => Path.GetFileName(path)!)
            .Where(name => name.EndsWith(".pth", StringComparison.Ordinal) || name.EndsWith(".safetensors", StringComparison.Ordinal))];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Survives_damaged_files(string name)
    {
        byte[] sound = File.ReadAllBytes(Repository.Fixture("weights/" + name));
        var random = new Random(20261124);

        for (int round = 0; round < 400; round++) Try(Damaged(sound, random), $"{name}, round {round}");
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 0x50, 0x4b, 3, 4 })]
    [InlineData(
        new byte[] { 0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e, 0x80, 2, 0x4d, 0xe9, 3, 0x2e,
            0x80, 2, 0x7d, 0x2e, 0x80, 2 })]
    [InlineData(new byte[] { 40, 0, 0, 0, 0, 0, 0, 0, 0x7b })]
    public void Survives_noise_behind_each_formats_beginning(byte[] beginning)
    {
        var random = new Random(20261124);

        for (int round = 0; round < 400; round++)
        {
            var noise = new byte[random.Next(300)];
            random.NextBytes(noise);
            Try([.. beginning, .. noise], $"round {round}");
        }
    }

    [Fact]
    public void Survives_indices_made_of_the_languages_own_instructions()
    {
        // Bytes out of the alphabet of real indices reach far deeper than noise does.
        byte[] alphabet =
            [.. "(.012NKMJGUTXC)]tlaes}duqrhjcQRb"u8, 0x80, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x93, 0x94, 0, 0, 0, 1, 1, 2,
                (byte)'\n'];
        var random = new Random(20261124);

        for (int round = 0; round < 20000; round++)
        {
            var program = new byte[1 + random.Next(60)];
            for (int i = 0; i < program.Length; i++) program[i] = alphabet[random.Next(alphabet.Length)];
            Measured(
                () =>
                {
                    _ = new PickleReader(program).Read();
                },
                $"round {round}");
        }
    }

    [Fact]
    public void An_index_that_repeats_a_large_part_of_itself_takes_no_longer_than_its_length()
    {
        // OrderedDict called again and again with one list of 100,000 pairs: ten thousand million entries, if nobody counted.
        List<byte> index = [0x80, 2, .. "ccollections\nOrderedDict\nq\0]q\u0001("u8];
        for (int i = 0; i < 100_000; i++) index.AddRange([(byte)'K', 1, (byte)'K', 2, 0x86]);
        index.AddRange([(byte)'e', 0x85, (byte)'q', 2, (byte)'0']);
        for (int i = 0; i < 100_000; i++) index.AddRange([(byte)'h', 0, (byte)'h', 2, (byte)'R', (byte)'0']);
        index.AddRange("N."u8);

        var error = Assert.Throws<InvalidWeightFileException>(() => new PickleReader(index.ToArray()).Read());

        Assert.Contains("it repeats itself", error.Message, StringComparison.Ordinal);
    }

    private static byte[] Damaged(byte[] sound, Random random)
    {
        byte[] bytes = [.. sound];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int place = random.Next(bytes.Length);
            switch (random.Next(6))
            {
                case 0: bytes[place] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[place] = (byte)random.Next(256); break;
                case 2: bytes.AsSpan(place, Math.Min(4, bytes.Length - place)).Fill(0xff); break;
                case 3: bytes = bytes[..Math.Max(1, place)]; break;
                case 4: bytes = [.. bytes[..place], .. bytes[place..Math.Min(bytes.Length, place + 20)], .. bytes[place..]]; break;
                default: bytes = [.. bytes[..place], .. bytes[Math.Min(bytes.Length - 1, place + random.Next(1, 40))..]]; break;
            }
        }
        return bytes;
    }

    private void Try(byte[] bytes, string what)
    {
        string path = Path.Combine(_folder.FullName, "weights");
        File.WriteAllBytes(path, bytes);
        Measured(
            () =>
            {
                using WeightFile file = WeightFile.Open(path);
                foreach ((string name, StoredTensor tensor) in file.Tensors)
                {
                    Assert.InRange(tensor.Count, 0, bytes.Length);
                    Assert.Equal(tensor.Count, file.Read(name).Length);
                }
            },
            what);
    }

    private static void Measured(Action read, string what)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read();
        }
        catch (InvalidWeightFileException error)
        {
            Assert.DoesNotContain(error.Message, letter => char.IsControl(letter));
        }
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < MostBytesAllocated, $"{what}: {allocated} bytes were allocated.");
    }
}
