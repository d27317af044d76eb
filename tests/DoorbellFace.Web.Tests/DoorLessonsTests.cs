using DoorbellFace.Application;
using DoorbellFace.Application.People;

namespace DoorbellFace.Web.Tests;

/// <summary>An enrolment at the door as somebody elsewhere follows it; the door itself is tried with its own tests.</summary>
public sealed class DoorLessonsTests
{
    private readonly NotingDoor _door = new();
    private readonly TaskCompletionSource<EnrolmentReport?> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task What_the_coach_says_is_followed_to_the_end_and_one_is_enrolled_at_a_time()
    {
        Action<string>? say = null;
        _door.Enrols = (name, said, _) =>
        {
            said($"Hello, {name}.");
            say = said;
            return _end.Task;
        };
        using var lessons = new DoorLessons(_door);
        Assert.Null(lessons.Last);

        DoorLesson lesson = lessons.Begin(" Anna ", anyway: false);
        say!("Turn your head.");
        Assert.Equal(["Hello, Anna.", "Turn your head."], lesson.Said);
        Assert.Equal(ErrorKind.InUse, Assert.Throws<DoorbellException>(() => lessons.Begin("Ben", anyway: false)).Kind);
        Assert.False(lesson.IsOver);

        _end.SetResult(null);
        await lesson.End;
        Assert.True(lesson.IsOver);
        Assert.Null(lesson.Report);
        Assert.Null(lesson.Trouble);
        Assert.NotSame(lesson, lessons.Begin("Ben", anyway: false));
    }

    [Fact]
    public async Task Whoever_stops_it_stops_the_door_and_a_door_that_is_not_there_says_so()
    {
        _door.Enrols = async (_, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return null;
        };
        using var lessons = new DoorLessons(_door);
        DoorLesson lesson = lessons.Begin("Anna", anyway: false);
        lesson.Cancel();
        await lesson.End;
        Assert.True(lesson.IsCancelled);

        _door.Enrols = (_, _, _) => throw new DoorbellException(ErrorKind.MissingPart, "The doorbell is not there.");
        DoorLesson without = lessons.Begin("Anna", anyway: false);
        await without.End;
        Assert.Equal("The doorbell is not there.", without.Trouble!.Message);
        Assert.Equal(ErrorKind.InvalidValue, Assert.Throws<DoorbellException>(() => lessons.Begin("", anyway: false)).Kind);
    }
}
