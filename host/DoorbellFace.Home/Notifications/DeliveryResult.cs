namespace DoorbellFace.Home.Notifications;

/// <summary>Why something could not be delivered.</summary>
public enum DeliveryFault
{
    /// <summary>It was delivered.</summary>
    None,

    /// <summary>Nobody knows the receiver's name.</summary>
    HostUnknown,

    /// <summary>There is no connection, or it broke.</summary>
    Unreachable,

    /// <summary>No answer came in time.</summary>
    TimedOut,

    /// <summary>The receiver's certificate is not trusted, or it offers no encryption.</summary>
    Untrusted,

    /// <summary>The receiver does not take the user, the password or the token.</summary>
    SignInRefused,

    /// <summary>The password, token or key cannot be read from its file.</summary>
    SecretUnreadable,

    /// <summary>The receiver does not want it, and would not want it later.</summary>
    Rejected,

    /// <summary>The receiver asks for patience.</summary>
    Busy,

    /// <summary>Something is wrong at the receiver.</summary>
    ServerFailed,
}

/// <summary>What came of one attempt to send something.</summary>
/// <param name="Fault">Why it was not delivered; None: it was.</param>
/// <param name="Reason">Why, as a sentence without any secret; empty when it was delivered as it is.</param>
/// <param name="RetryAfter">So long the receiver asks to be left alone; null: it does not say.</param>
public sealed record DeliveryResult(DeliveryFault Fault, string Reason, TimeSpan? RetryAfter = null)
{
    /// <summary>It was delivered.</summary>
    public static DeliveryResult Delivered { get; } = new(DeliveryFault.None, "");

    /// <summary>It was delivered.</summary>
    public bool IsDelivered => Fault == DeliveryFault.None;

    /// <summary>The same may be taken later.</summary>
    public bool IsWorthAnotherAttempt =>
        Fault is DeliveryFault.HostUnknown or DeliveryFault.Unreachable or DeliveryFault.TimedOut or DeliveryFault.Busy
            or DeliveryFault.ServerFailed;
}
