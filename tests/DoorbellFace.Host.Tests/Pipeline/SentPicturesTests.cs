using DoorbellFace.Adapters.Decoding;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Composition;
using DoorbellFace.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>Pictures that somebody sent, read by the real program in a process of its own.</summary>
public sealed class SentPicturesTests : IDisposable
{
    private static readonly byte[] Photo = Fixture("person.jpg");

    private readonly List<SentPictures> _made = [];

    public void Dispose()
    {
        foreach (SentPictures pictures in _made) pictures.Dispose();
    }

    [Fact]
    public void Every_format_comes_to_the_same_picture_as_within_this_process_and_one_reader_reads_them_all()
    {
        SentPictures pictures = Make();
        HashSet<int?> readers = [];
        foreach (string name in Directory.EnumerateFiles(Repository.Fixture("pictures"), "person*").Select(Path.GetFileName)!)
        {
            PixelBuffer own = PictureFile.Read(Repository.Fixture(Path.Combine("pictures", name)));

            PixelBuffer? sent = pictures.TryDecode(Fixture(name), "The file", out string reason);

            Assert.Equal("", reason);
            Assert.Equal(own.ToString(), sent!.ToString());
            Assert.True(own.Pixels.SequenceEqual(sent.Pixels), name);
            readers.Add(pictures.ReaderId);
        }
        Assert.NotEqual(Environment.ProcessId, Assert.Single(readers));
    }

    [Fact]
    public void What_cannot_be_read_is_told_in_a_sentence_and_its_reader_goes_on()
    {
        SentPictures pictures = Make();
        Assert.Contains("is too large", Reason(pictures, HostilePictures.Jpeg("person.jpg", 0xC0)), StringComparison.Ordinal);
        int? reader = pictures.ReaderId;
        Assert.Contains("The file is empty.", Reason(pictures, []), StringComparison.Ordinal);
        Assert.Contains("holds no whole picture in a known format", Reason(pictures, "<svg/>"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("is damaged or was not copied to its end", Reason(pictures, Fixture("person.heic")[..300]),
            StringComparison.Ordinal);

        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        Assert.Equal(reader, pictures.ReaderId);
    }

    [Fact]
    public void What_takes_more_memory_than_a_reader_may_take_is_refused_and_the_next_picture_is_read()
    {
        SentPictures pictures = Make(new SentPictureLimits { MemoryBytes = 120 << 20 });

        string reason = Reason(pictures, Png(6_000, 5_000));

        Assert.Matches("^The file (takes more memory to read than|could not be read: it is damaged, or takes more than 120 MB)", reason);
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        Assert.NotNull(Make().TryDecode(Png(6_000, 5_000), "The file", out _));
    }

    [Fact]
    public async Task A_reader_that_hangs_is_ended_and_the_next_picture_has_another()
    {
        SentPictures pictures = Make(new SentPictureLimits { Time = TimeSpan.FromSeconds(3) });
        int reader = await HeldAsync(pictures);

        string reason = Reason(pictures, Photo);

        Assert.Equal("The file could not be read within 3 seconds. Save it as a JPEG and send that.", reason);
        await LinuxProcess.IsGoneAsync(reader);
        Assert.NotNull(Make().TryDecode(Photo, "The file", out _));
    }

    [Fact]
    public async Task A_reader_that_is_killed_in_the_middle_of_a_picture_takes_nothing_with_it()
    {
        SentPictures pictures = Make();
        int reader = await HeldAsync(pictures);

        Task<string> reading = Task.Run(() => Reason(pictures, Photo));
        Assert.False(reading.IsCompleted);
        LinuxProcess.Signal(reader, "KILL");

        Assert.Equal("The file could not be read: it is damaged, or takes more than 1280 MB of memory.", await reading);
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        Assert.NotEqual(reader, pictures.ReaderId);
    }

    [Fact]
    public async Task A_reader_that_was_killed_while_it_waited_costs_no_picture()
    {
        SentPictures pictures = Make();
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        int reader = pictures.ReaderId!.Value;
        LinuxProcess.Signal(reader, "KILL");
        // Until this program has heard of it: a moment before, it is gone and not yet known to be.
        await LinuxProcess.UntilAsync(() => !Directory.Exists($"/proc/{reader}"));

        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
    }

    [Fact]
    public async Task A_door_that_closes_waits_for_no_picture_and_reads_none_afterwards()
    {
        SentPictures pictures = Make();
        int reader = await HeldAsync(pictures);

        Task<string> reading = Task.Run(() => Reason(pictures, Photo));
        pictures.Dispose();

        Assert.Equal("The file was not read: the door is closing.", await reading);
        await LinuxProcess.IsGoneAsync(reader);
        Assert.Equal("The file was not read: the door is closing.", Reason(pictures, Photo));
    }

    [Fact]
    public async Task A_reader_that_nobody_asks_any_more_is_ended()
    {
        var time = new FakeTimeProvider();
        SentPictures pictures = Make(time: time);
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        int reader = pictures.ReaderId!.Value;
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal(reader, pictures.ReaderId);

        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(pictures.ReaderId);
        await LinuxProcess.IsGoneAsync(reader);
    }

    [Fact]
    public void A_program_that_cannot_be_started_is_said()
    {
        using var pictures =
            new SentPictures(new PictureFiles(), ["/no/such/program"], TimeProvider.System, NullLogger.Instance);

        Assert.StartsWith("The file ", Reason(pictures, Photo), StringComparison.Ordinal);
    }

    /// <summary>What speaks and does not keep to the rules is no reader: whatever it says, it becomes a sentence.</summary>
    [Theory]
    [InlineData("printf '\\001\\002\\377\\377\\377\\177\\377\\377\\377\\177'; cat > /dev/null")]
    [InlineData("printf '\\001\\002\\000\\000\\000\\000\\001\\000\\000\\000'; cat > /dev/null")]
    [InlineData("printf '\\001\\003\\377\\377\\377\\177'; cat > /dev/null")]
    [InlineData("printf '\\001\\001'; cat > /dev/null")]
    [InlineData("printf 'hello'; cat > /dev/null")]
    [InlineData("exit 7")]
    public void Whatever_a_broken_reader_says_becomes_a_sentence(string script)
    {
        using var pictures =
            new SentPictures(new PictureFiles(), ["/bin/sh", "-c", script], TimeProvider.System, NullLogger.Instance);

        Assert.StartsWith("The file could not be read: it is damaged", Reason(pictures, Photo), StringComparison.Ordinal);
    }

    private SentPictures Make(SentPictureLimits? limits = null, TimeProvider? time = null)
    {
        var pictures =
            new SentPictures(new PictureFiles(), PictureReaderProgram.Line(), time ?? TimeProvider.System, NullLogger.Instance, limits);
        _made.Add(pictures);
        return pictures;
    }

    /// <summary>A reader that has read one picture and answers no more.</summary>
    private static async Task<int> HeldAsync(SentPictures pictures)
    {
        Assert.NotNull(pictures.TryDecode(Photo, "The file", out _));
        int reader = pictures.ReaderId!.Value;
        await LinuxProcess.HoldAsync(reader);
        return reader;
    }

    private static string Reason(SentPictures pictures, byte[] content)
    {
        Assert.Null(pictures.TryDecode(content, "The file", out string reason));
        return reason;
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Repository.Fixture(Path.Combine("pictures", name)));

    /// <summary>A large picture, all of it there.</summary>
    private static byte[] Png(int width, int height) =>
        PictureFile.EncodePng(new PixelBuffer(width, height, PixelFormat.Gray8, new byte[width * height]));
}
