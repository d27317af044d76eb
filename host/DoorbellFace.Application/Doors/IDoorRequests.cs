using DoorbellFace.Application.People;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.Doors;

/// <summary>What can be asked of a running door, from the terminal, a page, a broker or a button indoors. Thread-safe.</summary>
public interface IDoorRequests
{
    /// <summary>The door as it stands.</summary>
    DoorStatus Status { get; }

    /// <summary>Looks who is at the door now, without a chime, and says it aloud.</summary>
    /// <returns>The sentence that was said.</returns>
    /// <exception cref="DoorbellException">There is no doorbell to look with, or nothing came of it.</exception>
    Task<string> LookAsync(CancellationToken stop);

    /// <summary>Says the last sentence about a visitor again.</summary>
    /// <returns>The sentence; null when there is none yet.</returns>
    string? SayAgain();

    /// <summary>Says something aloud, after what is being said.</summary>
    /// <param name="text">1 to 500 letters.</param>
    /// <exception cref="DoorbellException">It is empty or too long.</exception>
    void Say(string text);

    /// <summary>Enrols whoever stands at the door, coached by the voice, while the door goes on.</summary>
    /// <param name="name">Who.</param>
    /// <param name="coach">How patient the coach is.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <param name="said">Told each sentence of the coach.</param>
    /// <param name="stop">Breaks it off; nothing is kept then.</param>
    /// <returns>What came of it; null when the coach gave up.</returns>
    /// <exception cref="DoorbellException">There is no doorbell or no network, an enrolment is under way, the name is none, or the pictures
    /// raise a doubt.</exception>
    Task<EnrolmentReport?> EnrolAsync(string name, CoachOptions coach, bool anyway, Action<string> said, CancellationToken stop);

    /// <summary>Learns the faces that hang on the wall, while nobody is at the door: they are passed over from then on.</summary>
    /// <exception cref="DoorbellException">There is no doorbell or no network, somebody is there, or they cannot be kept.</exception>
    Task<WallLesson> LearnWallAsync(CancellationToken stop);

    /// <summary>
    /// Lets go of the doorbell's port until the lender gives it back by cancelling <paramref name="giveBack"/>; for an examination.
    /// </summary>
    /// <returns>A task that ends when the door listens again.</returns>
    /// <exception cref="DoorbellException">It is lent already.</exception>
    Task LendPortAsync(Action<string?> lent, CancellationToken giveBack);
}

/// <summary>A door in a few facts.</summary>
/// <param name="IsUp">The doorbell is there and understood.</param>
/// <param name="Names">Whom it knows.</param>
/// <param name="Trouble">Why it knows fewer than are enrolled, or cannot look; null when all is well.</param>
/// <param name="LastSaid">The last sentence about a visitor; null when there is none yet.</param>
public sealed record DoorStatus(bool IsUp, IReadOnlyList<string> Names, string? Trouble, string? LastSaid);
