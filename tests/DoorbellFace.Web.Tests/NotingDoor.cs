using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Link;
using DoorbellFace.Core.People;

namespace DoorbellFace.Web.Tests;

/// <summary>A door that notes what it is to say; a program asks nothing else of it.</summary>
internal sealed class NotingDoor : IDoorView
{
    private readonly List<string> _said = [];

    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_said) return [.. _said];
        }
    }

    public DoorStatus Status => new(IsUp: true, ["Anna", "Ben"], Trouble: null, LastSaid: null);

    public DoorFacts Facts => new(
        DoorId.Front, IsUp: true, "a line", Hello: null, LinkTrouble: null, new LinkStatistics(), FrameAt: null, ["Anna", "Ben"],
        Trouble: null, "nowhere", LastSaid: null, Visit: null);

    public DoorPicture? Picture => null;

    public void Say(string text)
    {
        if (text.Length is 0 or > 500) throw new DoorbellException(ErrorKind.InvalidValue, "Expected 1 to 500 letters to say.");
        lock (_said) _said.Add(text);
    }

    public Task<string> LookAsync(CancellationToken stop) => throw new NotSupportedException();

    public string? SayAgain() => throw new NotSupportedException();

    public void Ring() => throw new NotSupportedException();

    public IDisposable Watch() => throw new NotSupportedException();

    public Task<string> RingForTrialAsync(CancellationToken stop) => throw new NotSupportedException();

    /// <summary>What comes of an enrolment at the door; null: none is expected.</summary>
    public Func<string, Action<string>, CancellationToken, Task<EnrolmentReport?>>? Enrols { get; set; }

    public Task<EnrolmentReport?> EnrolAsync(string name, CoachOptions coach, bool anyway, Action<string> said, CancellationToken stop) =>
        Enrols?.Invoke(name, said, stop) ?? throw new NotSupportedException();

    public Task<WallLesson> LearnWallAsync(CancellationToken stop) => throw new NotSupportedException();

    public Task LendPortAsync(Action<string?> lent, CancellationToken giveBack) => throw new NotSupportedException();
}
