using DoorbellFace.Core.Identity;
using DoorbellFace.Home.Notifications;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>What the tests send.</summary>
internal static class TestNotifications
{
    /// <summary>A key with a name that needs more than ASCII.</summary>
    public const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>Not a real picture; nobody but the receiver looks at it.</summary>
    public static byte[] Jpeg { get; } = [0xFF, 0xD8, 1, 2, 3, 0xFF, 0xD9];

    /// <summary>Zoë rang.</summary>
    public static Notification Zoe { get; } = new()
    {
        Id = Guid.Parse("0190a000-0000-4000-8000-0000000000f1"),
        Door = DoorId.Front,
        At = DoorEvents.At(2.25),
        Title = "Türglocke",
        Text = "Zoë is at the door.",
        Visit = DoorEvents.Known with { Name = "Zoë" },
        Jpeg = Jpeg,
    };

    /// <summary>Short waits, so that no test takes long. What they are for is told where they are defined.</summary>
    public static CourierTimes Quick { get; } = new()
    {
        AttemptLimit = TimeSpan.FromSeconds(30), FirstWait = TimeSpan.FromMilliseconds(1), LongestWait = TimeSpan.FromMilliseconds(2),
    };
}
