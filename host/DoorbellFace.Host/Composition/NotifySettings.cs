using DoorbellFace.Home;
using DoorbellFace.Home.Notifications;

namespace DoorbellFace.Host.Composition;

/// <summary>The settings of who is sent a message (docs/notifications.md), by name.</summary>
internal static class NotifySettings
{
    /// <summary>What each setting changes.</summary>
    public static Dictionary<string, Func<HomeOptions, string, HomeOptions>> Known { get; } = new(StringComparer.Ordinal)
    {
        ["notify.when"] = Notify((notify, text) => notify with { When = RunSettings.Word<NotifyWhen>(text) }),
        ["notify.picture"] = Notify((notify, text) => notify with { HasPicture = RunSettings.YesOrNo(text) }),
        ["notify.title"] = Notify((notify, text) => notify with { Title = text }),
        ["notify.attempts"] = Notify((notify, text) => notify with { Attempts = RunSettings.Whole(text) }),
        ["notify.ca_file"] = Notify((notify, text) => notify with { CaFile = Path.GetFullPath(text) }),
        ["notify.webhook.url"] = Webhook((webhook, text) => webhook with { Url = text }),
        ["notify.webhook.secret"] = Webhook((webhook, text) => webhook with { Secret = webhook.Secret with { Text = text } }),
        ["notify.webhook.secret_file"] = Webhook((webhook, text) => webhook with { Secret = In(webhook.Secret, text) }),
        ["notify.ntfy.url"] = Ntfy((ntfy, text) => ntfy with { Url = text }),
        ["notify.ntfy.token"] = Ntfy((ntfy, text) => ntfy with { Token = ntfy.Token with { Text = text } }),
        ["notify.ntfy.token_file"] = Ntfy((ntfy, text) => ntfy with { Token = In(ntfy.Token, text) }),
        ["notify.gotify.url"] = Gotify((gotify, text) => gotify with { Url = text }),
        ["notify.gotify.token"] = Gotify((gotify, text) => gotify with { Token = gotify.Token with { Text = text } }),
        ["notify.gotify.token_file"] = Gotify((gotify, text) => gotify with { Token = In(gotify.Token, text) }),
        ["notify.mail.server"] = Mail((mail, text) => mail with { Server = text }),
        ["notify.mail.port"] = Mail((mail, text) => mail with { Port = RunSettings.Whole(text) }),
        ["notify.mail.security"] = Mail((mail, text) => mail with { Security = RunSettings.Word<MailSecurity>(text) }),
        ["notify.mail.user"] = Mail((mail, text) => mail with { User = text }),
        ["notify.mail.password"] = Mail((mail, text) => mail with { Password = mail.Password with { Text = text } }),
        ["notify.mail.password_file"] = Mail((mail, text) => mail with { Password = In(mail.Password, text) }),
        ["notify.mail.from"] = Mail((mail, text) => mail with { From = text }),
        ["notify.mail.to"] = Mail((mail, text) => mail with { To = text }),
    };

    private static Func<HomeOptions, string, HomeOptions> Notify(Func<NotifyOptions, string, NotifyOptions> set) =>
        (home, text) => home with { Notify = set(home.Notify, text) };

    private static Func<HomeOptions, string, HomeOptions> Webhook(Func<WebhookOptions, string, WebhookOptions> set) =>
        Notify((notify, text) => notify with { Webhook = set(notify.Webhook, text) });

    private static Func<HomeOptions, string, HomeOptions> Ntfy(Func<NtfyOptions, string, NtfyOptions> set) =>
        Notify((notify, text) => notify with { Ntfy = set(notify.Ntfy, text) });

    private static Func<HomeOptions, string, HomeOptions> Gotify(Func<GotifyOptions, string, GotifyOptions> set) =>
        Notify((notify, text) => notify with { Gotify = set(notify.Gotify, text) });

    private static Func<HomeOptions, string, HomeOptions> Mail(Func<MailOptions, string, MailOptions> set) =>
        Notify((notify, text) => notify with { Mail = set(notify.Mail, text) });

    /// <summary>The secret that is in a file.</summary>
    public static Secret In(Secret secret, string file) => secret with { File = Path.GetFullPath(file) };
}
