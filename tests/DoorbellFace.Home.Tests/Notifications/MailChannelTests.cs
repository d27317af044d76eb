using System.Security.Cryptography.X509Certificates;
using DoorbellFace.Home.Notifications;
using MimeKit;
using SmtpServer.Protocol;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>E-mail to a real mail server.</summary>
public sealed class MailChannelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly X509Certificate2 _certificate;

    public MailChannelTests()
    {
        TestCertificate.Write(_folder["ca.pem"], _folder["server.pem"], _folder["server.key"]);
        _certificate = X509Certificate2.CreateFromPemFile(_folder["server.pem"], _folder["server.key"]);
    }

    [Fact]
    public async Task A_message_has_words_time_and_picture()
    {
        using var server = new LocalMailServer();

        Assert.Equal(DeliveryResult.Delivered, await SendAsync(server, MailSecurity.None));

        MimeMessage message = Assert.Single(server.Messages);
        Assert.Equal("Türglocke: Zoë is at the door.", message.Subject);
        Assert.StartsWith("Zoë is at the door.", message.TextBody, StringComparison.Ordinal);
        Assert.Contains("12:00", message.TextBody, StringComparison.Ordinal);
        Assert.Equal(["ben@example.org", "anna@example.org"], message.To.Mailboxes.Select(to => to.Address));
        Assert.Equal($"{TestNotifications.Zoe.Id:N}@example.org", message.MessageId);
        var picture = (MimePart)Assert.Single(message.Attachments);
        using var content = new MemoryStream();
        await picture.Content!.DecodeToAsync(content);
        Assert.Equal(("visitor.jpg", "image/jpeg"), (picture.FileName, picture.ContentType.MimeType));
        Assert.Equal(TestNotifications.Jpeg, content.ToArray());
    }

    [Theory]
    [InlineData(MailSecurity.StartTls)]
    [InlineData(MailSecurity.Tls)]
    public async Task Over_an_encrypted_line_it_signs_in(MailSecurity security)
    {
        using var server = new LocalMailServer(_certificate, isSecure: security == MailSecurity.Tls);

        Assert.Equal(DeliveryResult.Delivered, await SendAsync(server, security, "secret", _folder["ca.pem"]));
        Assert.Single(server.Messages);
        Assert.Equal(DeliveryFault.SignInRefused, (await SendAsync(server, security, "wrong", _folder["ca.pem"])).Fault);
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_ends_it_before_the_password_is_said()
    {
        using var server = new LocalMailServer(_certificate);

        Assert.Equal(DeliveryFault.Untrusted, (await SendAsync(server, MailSecurity.StartTls, "secret")).Fault);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task A_server_without_encryption_is_not_written_to_in_clear()
    {
        using var server = new LocalMailServer();

        Assert.Equal(DeliveryFault.Untrusted, (await SendAsync(server, MailSecurity.StartTls)).Fault);
        Assert.Empty(server.Messages);
    }

    [Theory]
    [InlineData(SmtpReplyCode.MailboxUnavailable, DeliveryFault.Rejected)]
    [InlineData(SmtpReplyCode.InsufficientStorage, DeliveryFault.Busy)]
    public async Task What_a_server_refuses_for_good_and_for_now_are_told_apart(SmtpReplyCode code, DeliveryFault fault)
    {
        using var server = new LocalMailServer { Refusal = new SmtpResponse(code, "not today") };

        DeliveryResult result = await SendAsync(server, MailSecurity.None);

        Assert.Equal(fault, result.Fault);
        Assert.EndsWith($"answers {(int)code}: not today", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told()
    {
        var server = new LocalMailServer();
        server.Dispose();
        using var channel = Channel(new MailOptions { Server = "localhost", Port = 1, Security = MailSecurity.None });
        using var unknown = Channel(new MailOptions { Server = "no-such-computer.invalid", Security = MailSecurity.None });

        Assert.Equal(DeliveryFault.Unreachable, (await channel.SendAsync(TestNotifications.Zoe, default)).Fault);
        Assert.Equal(DeliveryFault.HostUnknown, (await unknown.SendAsync(TestNotifications.Zoe, default)).Fault);
    }

    public void Dispose()
    {
        _certificate.Dispose();
        _folder.Dispose();
    }

    private static async Task<DeliveryResult> SendAsync(
        LocalMailServer server, MailSecurity security, string? password = null, string? caFile = null)
    {
        var options = new MailOptions
        {
            Server = "localhost",
            Port = server.Port,
            Security = security,
            User = password is null ? null : "door",
            Password = new Secret { Text = password },
        };
        using MailChannel channel = Channel(options, caFile);
        return await channel.SendAsync(TestNotifications.Zoe, default);
    }

    private static MailChannel Channel(MailOptions options, string? caFile = null) =>
        new(options with { From = "Door <door@example.org>", To = "ben@example.org, Anna <anna@example.org>" }, caFile, TimeZoneInfo.Utc);
}
