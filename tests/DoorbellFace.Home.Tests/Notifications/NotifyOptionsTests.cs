using DoorbellFace.Home.Notifications;

namespace DoorbellFace.Home.Tests.Notifications;

public class NotifyOptionsTests
{
    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_and_no_secret_with_it()
    {
        var options = new NotifyOptions
        {
            Attempts = 0,
            Title = "",
            CaFile = "/none.pem",
            Webhook = new WebhookOptions { Url = "ftp://hub/hidden", Secret = new Secret { Text = "short-hidden" } },
            Ntfy = new NtfyOptions { Url = "https://user:hidden@ntfy.example/", Token = new Secret { Text = "hidden", File = "/none" } },
            Gotify = new GotifyOptions { Url = "hidden" },
            Mail = new MailOptions
            {
                Server = "a mail server",
                Port = 70000,
                Security = MailSecurity.None,
                Password = new Secret { Text = "hidden" },
                From = "nobody",
                To = "a@b, c",
            },
        };

        IReadOnlyList<string> complaints = options.Complaints();

        string[] parts =
        [
            "notify.attempts", "notify.title", "notify.ca_file", "notify.webhook.url", "notify.webhook.secret", "without a user",
            "address of a topic", "choose one", "no file /none.", "notify.gotify.url", "notify.gotify.token", "notify.mail.server",
            "notify.mail.port", "no notify.mail.user", "encrypted line", "notify.mail.from", "notify.mail.to",
        ];
        foreach (string part in parts)
            Assert.Contains(complaints, complaint => complaint.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void A_receiver_that_lacks_what_it_needs_is_complained_of()
    {
        var options = new NotifyOptions
        {
            Webhook = new WebhookOptions { Url = "https://hub.example" }, Mail = new MailOptions { Server = "mail.example" },
        };

        Assert.Equal(
            ["notify.webhook.secret is missing", "notify.mail.from is missing", "notify.mail.to is missing"],
            options.Complaints().Select(complaint => complaint.Split(':')[0]));
    }

    [Theory]
    [InlineData("whsec_not base64")]
    [InlineData("whsec_c2hvcnQ=")]
    [InlineData("fifteen letters")]
    public void A_key_that_is_none_is_complained_of(string secret) => Assert.Single(
        new WebhookOptions { Url = "https://hub.example", Secret = new Secret { Text = secret } }.Complaints());

    [Fact]
    public void Options_that_are_logged_do_not_tell_a_secret()
    {
        var gotify = new GotifyOptions { Url = "https://gotify.example", Token = new Secret { Text = "A.hidden" } };

        Assert.DoesNotContain("hidden", new NotifyOptions { Gotify = gotify }.ToString(), StringComparison.Ordinal);
    }
}
