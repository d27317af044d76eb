using System.Globalization;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace DoorbellFace.Home.Notifications;

/// <summary>A mail server that takes messages (SMTP). Each message has a connection of its own: visitors are rare.</summary>
/// <param name="options">Where it is; server, sender and addresses must be set.</param>
/// <param name="caFile">See <see cref="HouseTrust"/>.</param>
/// <param name="zone">In which times are written.</param>
internal sealed class MailChannel(MailOptions options, string? caFile, TimeZoneInfo zone) : IChannel
{
    /// <inheritdoc/>
    public string Name => $"The mail server {options.Server}";

    /// <inheritdoc/>
    public async Task<DeliveryResult> SendAsync(Notification notification, CancellationToken stop)
    {
        string server = options.Server!;
        // Asking whether a certificate was withdrawn would be a connection to somebody whom no setting names.
        using var client = new SmtpClient
        {
            CheckCertificateRevocation = false, ServerCertificateValidationCallback = HouseTrust.Of(caFile),
        };
        try
        {
            string? password = options.Password.Read();
            using MimeMessage message = Message(notification);
            await client.ConnectAsync(server, options.UsedPort, Security(options.Security), stop).ConfigureAwait(false);
            if (options.User is { } user) await client.AuthenticateAsync(user, password ?? "", stop).ConfigureAwait(false);
            await client.SendAsync(message, stop).ConfigureAwait(false);
        }
        catch (Exception error) when (ResultOf(server, error) is { } result)
        {
            return result;
        }
        await LeaveAsync(client, stop).ConfigureAwait(false);
        return DeliveryResult.Delivered;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Every connection has ended with its message.
    }

    private MimeMessage Message(Notification notification)
    {
        MailboxAddress from = InternetAddressList.Parse(options.From!).Mailboxes.First();
        string time = TimeZoneInfo.ConvertTime(notification.At, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        var body = new BodyBuilder { TextBody = $"{notification.Text}\n\n{time}\n" };
        if (notification.Jpeg is { } jpeg) body.Attachments.Add("visitor.jpg", jpeg, new ContentType("image", "jpeg"));
        var message = new MimeMessage
        {
            Subject = $"{notification.Title}: {notification.Text}",
            Date = notification.At,
            // A second copy, after an acknowledgement that was lost, bears the same.
            MessageId = $"{notification.Id:N}@{from.Domain}",
            Body = body.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.AddRange(InternetAddressList.Parse(options.To!));
        // No machine answers a visitor: out-of-office notes and the like stay away.
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        return message;
    }

    /// <summary>The message is taken already: what goes wrong now must not have it sent again.</summary>
    private static async Task LeaveAsync(SmtpClient client, CancellationToken stop)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stop).ConfigureAwait(false);
        }
        catch (Exception error) when
            (error is IOException or SocketException or ProtocolException or CommandException or OperationCanceledException)
        {
            // The server did not wait for the farewell.
        }
    }

    private static SecureSocketOptions Security(MailSecurity security) => security switch
    {
        MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        MailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static DeliveryResult? ResultOf(string server, Exception error) => error switch
    {
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData } =>
            new(DeliveryFault.HostUnknown, $"Nobody knows a computer {server}."),
        AuthenticationException => new(DeliveryFault.SignInRefused, $"{server} does not take the user and the password."),
        SslHandshakeException => new(DeliveryFault.Untrusted, $"The certificate of {server} is not trusted."),
        NotSupportedException => new(DeliveryFault.Untrusted, $"{server} offers no encryption (STARTTLS), or no way to sign in."),
        SmtpCommandException { StatusCode: >= (SmtpStatusCode)400 and < (SmtpStatusCode)500 } busy =>
            new(DeliveryFault.Busy, Said(server, busy)),
        SmtpCommandException refused => new(DeliveryFault.Rejected, Said(server, refused)),
        FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException =>
            new(DeliveryFault.SecretUnreadable, $"The password of the mail server cannot be read: {error.Message}"),
        SocketException or IOException or ProtocolException =>
            new(DeliveryFault.Unreachable, $"{server} cannot be reached: {error.Message}"),
        _ => null,
    };

    private static string Said(string server, SmtpCommandException error) =>
        string.Create(CultureInfo.InvariantCulture, $"{server} answers {(int)error.StatusCode}: {error.Message}");
}
