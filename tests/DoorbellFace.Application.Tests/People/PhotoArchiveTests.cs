using DoorbellFace.Application.People;
using DoorbellFace.Testing;

namespace DoorbellFace.Application.Tests.People;

public sealed class PhotoArchiveTests
{
    private const string Modest = "bomb that says it is small";

    public static TheoryData<string> Hostile => [.. HostileArchives.All.Keys.Where(kind => kind is not ("empty" or Modest))];

    [Theory]
    [MemberData(nameof(Hostile))]
    public void What_people_do_not_make_is_refused_with_a_sentence(string kind)
    {
        (byte[] content, string reason) = HostileArchives.All[kind];
        Assert.True(PhotoArchive.IsOne(content));
        DoorbellException error = Assert.Throws<DoorbellException>(
            () => PhotoArchive.Open("photos.zip", content, PhotoLessons.MostPhotos, PhotoLessons.MostBytes));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.InvalidValue, error.Kind);
    }

    [Fact]
    public void What_says_that_it_is_small_gives_no_more_than_it_says() =>
        Assert.Equal(100, Assert.Single(PhotoArchive.Open("photos.zip", HostileArchives.All[Modest].Content, 9, 1000)).Content.Length);

    [Fact]
    public void Photos_come_out_by_their_own_names_without_what_systems_put_beside_them()
    {
        byte[] photo = SmallPng.Bytes;
        byte[] archive = HostileArchives.Of(
            ("Anna/", []), ("Anna/one.png", photo), ("Anna/deep/\u05d0.png", photo), ("__MACOSX/Anna/._one.png", photo),
            ("Anna/.DS_Store", photo), ("Thumbs.db", photo));

        IReadOnlyList<SentPhoto> photos = PhotoArchive.Open("photos.zip", archive, 2, 10_000);

        Assert.Equal(["one.png", "\u05d0.png"], photos.Select(one => one.Name));
        Assert.All(photos, one => Assert.Equal(photo, one.Content));
        Assert.False(PhotoArchive.IsOne(photo));
    }
}
