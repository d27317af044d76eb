using DoorbellFace.Application.Page;

namespace DoorbellFace.Application.Tests.Page;

public class PasswordHashTests
{
    private const int Few = 1000;

    [Fact]
    public void A_hash_is_of_its_password_alone_and_another_each_time()
    {
        string kept = PasswordHash.Of("Grüße an Zoë", Few);

        Assert.True(PasswordHash.IsIt(kept, "Grüße an Zoë"));
        Assert.False(PasswordHash.IsIt(kept, "Grüße an Zoe"));
        Assert.NotEqual(kept, PasswordHash.Of("Grüße an Zoë", Few));
        Assert.StartsWith("pbkdf2-sha256$600000$", PasswordHash.Of("x"), StringComparison.Ordinal);
    }

    /// <summary>PBKDF2-HMAC-SHA-256 of "password", checked with Python's hashlib: 1,000 rounds, the salt's bytes 0 to 15.</summary>
    [Fact]
    public void It_is_the_hash_that_it_says_it_is() =>
        Assert.True(PasswordHash.IsIt(
        "pbkdf2-sha256$1000$AAECAwQFBgcICQoLDA0ODw==$JeuGrMduQwGPGLmo+Qwv7UYtHHmeg9SK49fGkEamC2c=", "password"));

    [Theory]
    [InlineData("")]
    [InlineData("password")]
    [InlineData("pbkdf2-sha256$0$AAECAwQFBgcICQoLDA0ODw==$AAAA")]
    [InlineData("pbkdf2-sha256$999999999$AAECAwQFBgcICQoLDA0ODw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("pbkdf2-sha256$1000$AAEC$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("md5$1000$AAECAwQFBgcICQoLDA0ODw==$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public void What_is_no_hash_is_nobodys_password(string kept) => Assert.False(PasswordHash.IsIt(kept, "password"));
}
