using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.People;

namespace DoorbellFace.Gpio.Tests;

/// <summary>A door that notes what is asked of it.</summary>
internal sealed class NotingDoor : IDoorRequests
{
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked
    {
        get
        {
            lock (_asked) return [.. _asked];
        }
    }

    /// <summary>A ring is refused: too much is asked at once.</summary>
    public bool IsBusy { get; set; }

    public DoorStatus Status => new(IsUp: true, [], Trouble: null, LastSaid: null);

    public Task<string> LookAsync(CancellationToken stop) => throw new NotSupportedException();

    public string? SayAgain()
    {
        Note("say again");
        return null;
    }

    public void Say(string text) => Note($"say: {text}");

    public void Ring()
    {
        Note("ring");
        if (IsBusy) throw new DoorbellException(ErrorKind.InUse, "Too much is asked of the door at once. Try again in a moment.");
    }

    public Task<EnrolmentReport?> EnrolAsync(string name, CoachOptions coach, bool anyway, Action<string> said, CancellationToken stop) =>
        throw new NotSupportedException();

    public Task<WallLesson> LearnWallAsync(CancellationToken stop) => throw new NotSupportedException();

    public Task LendPortAsync(Action<string?> lent, CancellationToken giveBack) => throw new NotSupportedException();

    private void Note(string what)
    {
        lock (_asked) _asked.Add(what);
    }
}
