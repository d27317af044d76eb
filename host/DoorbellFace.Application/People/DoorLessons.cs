using DoorbellFace.Application.Doors;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.People;

/// <summary>
/// Enrolments at the running door that somebody begins from elsewhere, one at a time: what the coach says is there to be read. Thread-safe.
/// </summary>
/// <param name="door">The door.</param>
public sealed class DoorLessons(IDoorRequests door) : IDisposable
{
    private readonly Lock _gate = new();
    private DoorLesson? _last;

    /// <summary>The one that goes on, or the last; null when there was none.</summary>
    public DoorLesson? Last
    {
        get
        {
            lock (_gate) return _last;
        }
    }

    /// <summary>Begins one.</summary>
    /// <param name="name">Who stands at the door.</param>
    /// <param name="anyway">Take the pictures although they may be of somebody else.</param>
    /// <exception cref="DoorbellException">The name is none, or somebody is being enrolled already.</exception>
    public DoorLesson Begin(string name, bool anyway)
    {
        string clean = PersonLookup.CheckName(name);
        lock (_gate)
        {
            if (_last is { IsOver: false }) throw new DoorbellException(ErrorKind.InUse, "Somebody is being enrolled at the door already.");
            return _last = new DoorLesson(clean, (said, stop) => door.EnrolAsync(clean, new CoachOptions(), anyway, said, stop));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Last?.Cancel();
}

/// <summary>An enrolment at the door, as somebody elsewhere follows it. Thread-safe.</summary>
#pragma warning disable CA1001 // A source without a timer holds nothing to be disposed of.
public sealed class DoorLesson
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<string> _said = [];

    internal DoorLesson(string name, Func<Action<string>, CancellationToken, Task<EnrolmentReport?>> enrol)
    {
        Name = name;
        End = RunAsync(enrol);
    }

    /// <summary>Who stands at the door.</summary>
    public string Name { get; }

    /// <summary>What the coach has said, the oldest first.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (_gate) return [.. _said];
        }
    }

    /// <summary>It is over.</summary>
    public bool IsOver => End.IsCompleted;

    /// <summary>Done when it is over; never fails.</summary>
    public Task End { get; }

    /// <summary>Somebody has stopped it.</summary>
    public bool IsCancelled => _stop.IsCancellationRequested;

    /// <summary>What came of it; null before its end, and when the coach gave up.</summary>
    public EnrolmentReport? Report { get; private set; }

    /// <summary>Why nothing came of it, or what the doubt is; null otherwise.</summary>
    public DoorbellException? Trouble { get; private set; }

    /// <summary>Ends it; nothing is kept.</summary>
    public void Cancel() => _stop.Cancel();

    private async Task RunAsync(Func<Action<string>, CancellationToken, Task<EnrolmentReport?>> enrol)
    {
        try
        {
            Report = await enrol(Hear, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nothing came of it, as was asked for.
        }
        catch (DoorbellException error)
        {
            Trouble = error;
        }
    }

    private void Hear(string sentence)
    {
        lock (_gate) _said.Add(sentence);
    }
}
