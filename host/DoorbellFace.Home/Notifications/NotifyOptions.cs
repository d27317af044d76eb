using System.Globalization;

namespace DoorbellFace.Home.Notifications;

/// <summary>Which visitors are told of.</summary>
public enum NotifyWhen
{
    /// <summary>Those who ring.</summary>
    Ring,

    /// <summary>Everybody who is announced, also without a ring.</summary>
    Announced,
}

/// <summary>Who elsewhere is told who is at the door. Nobody by default.</summary>
public sealed record NotifyOptions
{
    /// <summary>The most attempts that can be asked for.</summary>
    public const int MostAttempts = 10;

    /// <summary>Which visitors are told of: those who ring, by default.</summary>
    public NotifyWhen When { get; init; } = NotifyWhen.Ring;

    /// <summary>The visitor's picture is sent where the receiver takes one: by default it is.</summary>
    public bool HasPicture { get; init; } = true;

    /// <summary>What stands above the message: "Doorbell" by default.</summary>
    public string Title { get; init; } = "Doorbell";

    /// <summary>How often one notification is tried, 1 to <see cref="MostAttempts"/>: 5 by default.</summary>
    public int Attempts { get; init; } = 5;

    /// <summary>A file with the certificate (PEM) that a house has signed those of its own servers with; null: there is none.</summary>
    public string? CaFile { get; init; }

    /// <summary>A program of your own.</summary>
    public WebhookOptions Webhook { get; init; } = new();

    /// <summary>ntfy.</summary>
    public NtfyOptions Ntfy { get; init; } = new();

    /// <summary>Gotify.</summary>
    public GotifyOptions Gotify { get; init; } = new();

    /// <summary>E-mail.</summary>
    public MailOptions Mail { get; init; } = new();

    /// <summary>How many receivers are named.</summary>
    public int ReceiverCount =>
        ((string?[])[Webhook.Url, Ntfy.Url, Gotify.Url, Mail.Server]).Count(receiver => receiver is not null);

    /// <summary>Somebody is told.</summary>
    public bool IsOn => ReceiverCount > 0;

    /// <summary>What is wrong with these options, each in a sentence; empty when nothing is.</summary>
    public IReadOnlyList<string> Complaints()
    {
        var complaints = new List<string>();
        if (Attempts is < 1 or > MostAttempts)
            complaints.Add(string.Create(CultureInfo.InvariantCulture, $"notify.attempts is {Attempts}: expected 1 to {MostAttempts}."));
        if (Title.Length is 0 or > 100 || Title.Any(char.IsControl)) complaints.Add("notify.title: expected 1 to 100 letters in one line.");
        if (CaFile is not null && !File.Exists(CaFile)) complaints.Add($"notify.ca_file: there is no file {CaFile}.");
        complaints.AddRange(Webhook.Complaints());
        complaints.AddRange(Ntfy.Complaints());
        complaints.AddRange(Gotify.Complaints());
        complaints.AddRange(Mail.Complaints());
        return complaints;
    }

    /// <summary>An address is often a secret, or has one in it: a complaint does not repeat it.</summary>
    internal static IEnumerable<string> AddressComplaints(string name, string? address)
    {
        if (address is null) yield break;
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            yield return $"{name}: expected an address that begins with http:// or https://.";
        else if (url.UserInfo.Length > 0) yield return $"{name}: expected an address without a user and a password in it.";
    }
}

/// <summary>A program that takes HTTP requests, signed after the specification "Standard Webhooks".</summary>
public sealed record WebhookOptions
{
    /// <summary>A key with fewer letters is guessed.</summary>
    public const int ShortestSecret = 16;

    /// <summary>Where the requests go; null (the default): nowhere.</summary>
    public string? Url { get; init; }

    /// <summary>The key of the signature: "whsec_" and bytes in Base64, or at least <see cref="ShortestSecret"/> letters.</summary>
    public Secret Secret { get; init; } = Secret.None;

    /// <summary>What is wrong with these options, each in a sentence.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach (string complaint in NotifyOptions.AddressComplaints("notify.webhook.url", Url)) yield return complaint;
        if (Url is not null && !Secret.IsSet) yield return "notify.webhook.secret is missing: it tells a receiver who has sent a request.";
        if (Secret.Text is { } text && !IsKey(text))
            yield return $"notify.webhook.secret: expected {ShortestSecret} letters or more, or whsec_ and as many bytes in Base64.";
        foreach (string complaint in Secret.Complaints("notify.webhook.secret")) yield return complaint;
    }

    private static bool IsKey(string text)
    {
        try
        {
            return WebhookSignature.KeyOf(text).Length >= ShortestSecret;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>A topic of an ntfy server.</summary>
public sealed record NtfyOptions
{
    /// <summary>
    /// The topic's address, such as "https://ntfy.example/our-door"; null (the default): none. Whoever knows it can read it.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>An access token, where the server asks for one.</summary>
    public Secret Token { get; init; } = Secret.None;

    /// <summary>What is wrong with these options, each in a sentence.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach (string complaint in NotifyOptions.AddressComplaints("notify.ntfy.url", Url)) yield return complaint;
        if (Uri.TryCreate(Url, UriKind.Absolute, out Uri? url) && url.AbsolutePath.Trim('/').Length == 0)
            yield return "notify.ntfy.url: expected the address of a topic, such as https://ntfy.example/our-door.";
        foreach (string complaint in Token.Complaints("notify.ntfy.token")) yield return complaint;
    }
}

/// <summary>An application of a Gotify server.</summary>
public sealed record GotifyOptions
{
    /// <summary>The server's address, such as "https://gotify.example"; null (the default): none.</summary>
    public string? Url { get; init; }

    /// <summary>The application's token.</summary>
    public Secret Token { get; init; } = Secret.None;

    /// <summary>What is wrong with these options, each in a sentence.</summary>
    public IEnumerable<string> Complaints()
    {
        foreach (string complaint in NotifyOptions.AddressComplaints("notify.gotify.url", Url)) yield return complaint;
        if (Url is not null && !Token.IsSet) yield return "notify.gotify.token is missing: Gotify takes messages of applications alone.";
        foreach (string complaint in Token.Complaints("notify.gotify.token")) yield return complaint;
    }
}

/// <summary>How the line to a mail server is encrypted.</summary>
public enum MailSecurity
{
    /// <summary>It begins in clear and must be encrypted before anything is said.</summary>
    StartTls,

    /// <summary>From the first byte on.</summary>
    Tls,

    /// <summary>Not at all: for a server on this computer.</summary>
    None,
}

/// <summary>A mail server that takes messages.</summary>
public sealed record MailOptions
{
    /// <summary>The server's host name or address; null (the default): none.</summary>
    public string? Server { get; init; }

    /// <summary>Its port, 1 to 65535; null: 587, with TLS 465, without encryption 25.</summary>
    public int? Port { get; init; }

    /// <summary>How the line is encrypted: STARTTLS by default.</summary>
    public MailSecurity Security { get; init; } = MailSecurity.StartTls;

    /// <summary>The user there; null: none.</summary>
    public string? User { get; init; }

    /// <summary>The user's password.</summary>
    public Secret Password { get; init; } = Secret.None;

    /// <summary>The sender's address.</summary>
    public string? From { get; init; }

    /// <summary>The addresses that are written to, with commas between them.</summary>
    public string? To { get; init; }

    /// <summary>The port that is used.</summary>
    public int UsedPort => Port ?? Security switch { MailSecurity.Tls => 465, MailSecurity.None => 25, _ => 587 };

    /// <summary>What is wrong with these options, each in a sentence.</summary>
    public IEnumerable<string> Complaints()
    {
        if (Server is not null && Uri.CheckHostName(Server) == UriHostNameType.Unknown)
            yield return "notify.mail.server: expected a host name or an address.";
        if (Port is < 1 or > 65535)
            yield return string.Create(CultureInfo.InvariantCulture, $"notify.mail.port is {Port}: expected 1 to 65535.");
        if (Server is not null && From is null) yield return "notify.mail.from is missing: the address that the messages come from.";
        if (Server is not null && To is null) yield return "notify.mail.to is missing: the addresses that the messages go to.";
        if (From is not null && !MailAddresses.Are(From, most: 1))
            yield return "notify.mail.from: expected one address, such as door@example.org.";
        if (To is not null && !MailAddresses.Are(To, most: 20))
            yield return "notify.mail.to: expected addresses with commas between them, 20 at most.";
        if (Password.IsSet && User is null) yield return "There is a password for the mail server, but no notify.mail.user.";
        if (Password.IsSet && Security == MailSecurity.None)
            yield return "notify.mail.security is none: a password is sent over an encrypted line only, starttls or tls.";
        foreach (string complaint in Password.Complaints("notify.mail.password")) yield return complaint;
    }
}
