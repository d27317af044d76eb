namespace DoorbellFace.Home.Notifications;

/// <summary>A way to tell somebody elsewhere.</summary>
internal interface IChannel : IDisposable
{
    /// <summary>What logs and people call it, with the receiver's host, such as "ntfy at ntfy.sh".</summary>
    string Name { get; }

    /// <summary>Tries once.</summary>
    /// <param name="notification">What is told.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>What came of it; whatever the receiver does, this is no exception.</returns>
    /// <exception cref="OperationCanceledException">It was given up.</exception>
    Task<DeliveryResult> SendAsync(Notification notification, CancellationToken stop);
}
