using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Testing;

namespace DoorbellFace.Application.Tests.Visits;

public sealed class StrangerWatchTests : IVisitStorage, IPictureFiles
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    private int _opened;

    [Fact]
    public async Task A_store_that_fails_is_remarked_on_once_tried_again_and_ends_nothing()
    {
        var log = new RecordingLogger();
        using var strangers = new StrangerWatch(this, this, TimeSpan.FromDays(30), log);
        strangers.Use(people => throw new InvalidOperationException("Nobody is to be compared."));

        for (DateTimeOffset now = Noon; Volatile.Read(ref _opened) < 3; now += StrangerWatch.LookEvery)
        {
            strangers.Tick(now, now, idle: null);
            await Task.Delay(1);
        }

        Assert.Equal(0, strangers.Count);
        Assert.Single(log.Warnings, message => message.Contains("Strangers cannot be known again", StringComparison.Ordinal));
    }

    IVisitStore IVisitStorage.OpenAsOwner() => throw new NotSupportedException();

    IVisitStore? IVisitStorage.OpenIfThere()
    {
        Interlocked.Increment(ref _opened);
        throw new InvalidOperationException("The disk says something that nobody expected.");
    }

    PixelBuffer? IPictureFiles.TryRead(string path, out string reason) => throw new NotSupportedException();

    PixelBuffer? IPictureFiles.TryDecode(byte[] content, string subject, out string reason) => throw new NotSupportedException();

    byte[] IPictureFiles.EncodePng(PixelBuffer picture) => throw new NotSupportedException();
}
