using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Tests.Doors;

/// <summary>Remembers what happened, and lets a test wait for it.</summary>
internal sealed class EventList : IDoorSubscriber
{
    private readonly Lock _gate = new();
    private readonly List<VisitEvent> _events = [];
    private readonly List<(Type Type, TaskCompletionSource Happened)> _awaited = [];

    /// <summary>The picture that came with the last event.</summary>
    public VisitPicture? LastPicture { get; private set; }

    /// <summary>What happened so far.</summary>
    public IReadOnlyList<VisitEvent> Events
    {
        get
        {
            lock (_gate) return [.. _events];
        }
    }

    public string Name => "the test";

    public ValueTask ReceiveAsync(DoorEvent happened, CancellationToken stop)
    {
        if (happened is VisitChanged changed) Receive(changed.Happened, changed.Picture);
        return ValueTask.CompletedTask;
    }

    public void Receive(VisitEvent visitEvent, VisitPicture? picture)
    {
        lock (_gate)
        {
            _events.Add(visitEvent);
            LastPicture = picture;
            foreach ((Type type, TaskCompletionSource happened) in _awaited.Where(item => item.Type == visitEvent.GetType()))
                happened.TrySetResult();
        }
    }

    public T Last<T>()
        where T : VisitEvent => Events.OfType<T>().Last();

    /// <summary>Until an event of that kind has happened. The limit is only there for a test to fail instead of hanging.</summary>
    public async Task WaitForAsync<T>()
        where T : VisitEvent
    {
        var happened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_events.OfType<T>().Any()) return;
            _awaited.Add((typeof(T), happened));
        }
        await happened.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }
}
