using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class VisitPicturesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    [Fact]
    public void Keeps_a_picture_by_day_and_id_whole()
    {
        var pictures = new VisitPictures(_folder.Root);
        VisitRecord visit = TestVisits.Ended();

        string relative = pictures.Save(visit, SmallPng.Bytes);

        Assert.Equal($"pictures/2026-08-03/{visit.Id}.png", relative);
        Assert.Equal(_folder[relative], pictures.Find(visit with { PicturePath = relative }));
        Assert.Equal(SmallPng.Bytes, File.ReadAllBytes(_folder[relative]));
        Assert.Single(Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void A_later_picture_takes_the_place_of_the_earlier()
    {
        var pictures = new VisitPictures(_folder.Root);
        VisitRecord visit = TestVisits.Ended();
        pictures.Save(visit, SmallPng.Bytes);
        byte[] better = [.. SmallPng.Bytes, 0];

        Assert.Equal(better, File.ReadAllBytes(_folder[pictures.Save(visit, better)]));
    }

    [Fact]
    public void Refuses_what_is_no_picture() =>
        Assert.Throws<ArgumentException>(() => new VisitPictures(_folder.Root).Save(TestVisits.Ended(), [0xFF, 0xD8, 0xFF]));

    [Theory]
    [InlineData("../outside.png")]
    [InlineData("/etc/hostname")]
    [InlineData("pictures/../visits.db")]
    [InlineData("pictures/2026-08-03/not-there.png")]
    public void A_record_that_names_another_place_has_no_picture(string path)
    {
        File.WriteAllText(_folder["visits.db"], "");

        Assert.Null(new VisitPictures(_folder.Root).Find(TestVisits.Ended() with { PicturePath = path }));
    }

    [Fact]
    public void Deleting_a_record_that_names_another_place_deletes_nothing_there()
    {
        var pictures = new VisitPictures(_folder["store"]);
        File.WriteAllText(_folder["outside.png"], "precious");
        VisitRecord visit = TestVisits.Ended();
        pictures.Save(visit, SmallPng.Bytes);

        pictures.Delete(visit with { PicturePath = "../outside.png" });

        Assert.True(File.Exists(_folder["outside.png"]));
        Assert.Empty(Directory.EnumerateFiles(_folder["store"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void What_was_half_written_is_removed_on_the_next_start()
    {
        var pictures = new VisitPictures(_folder.Root);
        string whole = _folder[pictures.Save(TestVisits.Ended(), SmallPng.Bytes)];
        File.WriteAllBytes(whole + ".unfinished", SmallPng.Bytes[..20]);

        pictures.RemoveUnfinished(_log);

        Assert.Equal([whole], Directory.EnumerateFiles(_folder.Root, "*", SearchOption.AllDirectories));
        Assert.Single(_log.Remarks);
    }

    [Fact]
    public void A_place_that_cannot_be_written_says_so()
    {
        File.WriteAllText(_folder["pictures"], "in the way");

        var error = Assert.Throws<VisitStoreException>(() => new VisitPictures(_folder.Root).Save(TestVisits.Ended(), SmallPng.Bytes));

        Assert.Contains(_folder["pictures"], error.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
