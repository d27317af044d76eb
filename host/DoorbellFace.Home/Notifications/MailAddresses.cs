using MimeKit;

namespace DoorbellFace.Home.Notifications;

/// <summary>Addresses as people write them into the settings. What knows the mail library is here and in the channel alone.</summary>
internal static class MailAddresses
{
    /// <summary>They are addresses with a domain, one at least.</summary>
    public static bool Are(string text, int most) =>
        InternetAddressList.TryParse(text, out InternetAddressList? list)
        && list.Count >= 1 && list.Count <= most && list.Mailboxes.Count() == list.Count
        && list.Mailboxes.All(mailbox => mailbox.Domain.Length > 0);
}
