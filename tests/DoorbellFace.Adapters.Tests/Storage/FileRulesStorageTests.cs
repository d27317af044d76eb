using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;

namespace DoorbellFace.Adapters.Tests.Storage;

public sealed class FileRulesStorageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Rules_are_kept_for_their_owner_alone()
    {
        var storage = new FileRulesStorage(_folder["data"]);
        Assert.Null(storage.Read());
        string before = storage.Stamp;

        storage.Write("{}");

        Assert.Equal("{}", storage.Read());
        Assert.NotEqual(before, storage.Stamp);
        Assert.Equal(["rules.json"], Directory.EnumerateFileSystemEntries(_folder["data"]).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(storage.Place));
    }

    [Fact]
    public void A_file_that_is_no_file_of_rules_is_refused_and_harms_nothing()
    {
        var storage = new FileRulesStorage(_folder.Root);
        File.WriteAllText(storage.Place, new string(' ', (1 << 20) + 1));
        Assert.Throws<DoorbellException>(() => storage.Read());

        File.Delete(storage.Place);
        Directory.CreateDirectory(storage.Place);
        Assert.Throws<DoorbellException>(() => storage.Read());
        Assert.Throws<DoorbellException>(() => storage.Write("{}"));
        Assert.NotNull(storage.Stamp);
    }

    public void Dispose() => _folder.Dispose();
}
