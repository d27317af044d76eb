using System.Runtime.CompilerServices;
using DoorbellFace.Core.Imaging;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Home.Notifications;

/// <summary>Everybody whom the settings name; nobody by default. Making them opens no connection.</summary>
public sealed class Notifiers : IDisposable
{
    /// <summary>Makes them.</summary>
    /// <param name="options">Whom.</param>
    /// <param name="encodeJpeg">A picture as the bytes of a JPEG file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">For remarks.</param>
    public Notifiers(NotifyOptions options, Func<PixelBuffer, byte[]> encodeJpeg, TimeProvider time, ILogger log) =>
        All = [.. Channels(options, time).Select(channel => new Notifier(channel, options, encodeJpeg, time, log))];

    /// <summary>One for each receiver.</summary>
    public IReadOnlyList<Notifier> All { get; }

    /// <summary>Sends something to each receiver, once, one after the other, and says what came of it.</summary>
    /// <param name="options">Whom.</param>
    /// <param name="notification">What.</param>
    /// <param name="time">The clock.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>The receivers by name, with what came of it, as it comes.</returns>
    public static async IAsyncEnumerable<(string Receiver, DeliveryResult Result)> TryAsync(
        NotifyOptions options, Notification notification, TimeProvider time, [EnumeratorCancellation] CancellationToken stop)
    {
        foreach (IChannel channel in Channels(options, time))
        {
            using (channel)
            {
                var courier = new Courier(channel, attempts: 1, new CourierTimes(), time);
                yield return (channel.Name, (await courier.DeliverAsync(notification, () => true, stop).ConfigureAwait(false)).Last);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Notifier notifier in All) notifier.Dispose();
    }

    private static IEnumerable<IChannel> Channels(NotifyOptions options, TimeProvider time)
    {
        if (options.Webhook.Url is not null) yield return new WebhookChannel(options.Webhook, options.CaFile, time);
        if (options.Ntfy.Url is not null) yield return new NtfyChannel(options.Ntfy, options.CaFile);
        if (options.Gotify.Url is not null) yield return new GotifyChannel(options.Gotify, options.CaFile);
        if (options.Mail.Server is not null) yield return new MailChannel(options.Mail, options.CaFile, time.LocalTimeZone);
    }
}
