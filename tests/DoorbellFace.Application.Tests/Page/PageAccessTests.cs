using System.Runtime.Versioning;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;

namespace DoorbellFace.Application.Tests.Page;

/// <summary>With the real file in a folder of its own: two programs use it at once.</summary>
public sealed class PageAccessTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void The_first_password_is_set_once_and_only_it_is_right()
    {
        PageAccess access = Access();
        Assert.False(access.HasPassword);
        access.SetFirst(Password);

        Assert.True(access.HasPassword);
        Assert.True(access.IsRight(Password));
        Assert.False(access.IsRight(Password + " "));
        Assert.False(access.IsRight(""));
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => access.SetFirst("another password")).Kind);
        Assert.True(Access().IsRight(Password));
    }

    [Theory]
    [InlineData(9)]
    [InlineData(201)]
    public void A_password_that_is_too_short_or_too_long_is_not_taken(int letters)
    {
        Assert.Equal(ErrorKind.InvalidValue, Assert.Throws<DoorbellException>(() => Access().SetFirst(new string('a', letters))).Kind);
        Assert.False(Access().HasPassword);
    }

    [Fact]
    public void A_new_password_needs_the_present_one_and_ends_every_session()
    {
        PageAccess access = Access();
        access.SetFirst(Password);
        string sessions = access.Sessions;
        Assert.Equal(ErrorKind.Refused, Assert.Throws<DoorbellException>(() => access.Change("a wrong password", "another password")).Kind);
        Assert.Equal(sessions, access.Sessions);

        access.Change(Password, "another password");
        Assert.NotEqual(sessions, access.Sessions);
        Assert.False(access.IsRight(Password));
        Assert.True(access.IsRight("another password"));
    }

    [Fact]
    public void A_reset_by_another_program_counts_at_once()
    {
        PageAccess page = Access();
        page.SetFirst(Password);
        Assert.NotEqual("", page.Sessions);

        Assert.True(Access().Reset());
        Assert.False(page.HasPassword);
        Assert.Equal("", page.Sessions);
        Assert.False(page.IsRight(Password));
        Assert.False(Access().Reset());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{ "password": "", "sessions": "x" }""")]
    public void What_cannot_be_understood_lets_nobody_in_and_is_no_first_run(string text)
    {
        Directory.CreateDirectory(_folder["page"]);
        File.WriteAllText(_folder["page/access.json"], text);

        Assert.Equal(RemedyKey.ResetPagePassword, Assert.Throws<DoorbellException>(() => Access().HasPassword).Remedy!.Key);
        Assert.Throws<DoorbellException>(() => Access().IsRight(Password));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public void The_file_is_its_owners_alone_and_holds_no_password()
    {
        Access().SetFirst(Password);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["page/access.json"]));
        Assert.DoesNotContain("horse", File.ReadAllText(_folder["page/access.json"]), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private PageAccess Access() => new(new FilePageAccessStorage(_folder.Root));
}
