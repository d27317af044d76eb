using System.Collections.Concurrent;
using System.Diagnostics;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Tests.Doors;

public sealed class DoorTracesTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly DoorTraces _traces = new();
    private ActivityListener? _listener;

    [Fact]
    public async Task A_visit_is_one_trace_from_the_ring_to_the_word()
    {
        Listen();
        VisitRecord visit = TestVisits.Open();
        await TellAsync(
            Changed(0, new VisitStarted(At(0), visit)), new ChimeSounded(DoorId.Front, At(0.02)),
            new FrameLookedAt(DoorId.Front, At(0.6), 4, 0, 1, TimeSpan.FromMilliseconds(30)),
            Changed(1, new VisitorIdentified(At(1), visit with { Outcome = VisitOutcome.Known, Name = "Anna" }, IsCorrection: false)),
            new SentenceSounded(DoorId.Front, At(1.25), "Anna is at the door.", visit.Id, TimeSpan.FromMilliseconds(250)),
            Changed(20, new VisitEnded(At(20), visit with { Outcome = VisitOutcome.Known, Name = "Anna" })));

        Activity[] spans = [.. _ended];
        Assert.Equal(["look", "speech", "visit"], spans.Select(span => span.OperationName));
        Assert.Single(spans.Select(span => span.TraceId).Distinct());
        Activity whole = spans[2];
        Assert.All(spans[..2], part => Assert.Equal(whole.SpanId, part.ParentSpanId));
        Assert.Equal((At(0).UtcDateTime, TimeSpan.FromSeconds(20)), (whole.StartTimeUtc, whole.Duration));
        Assert.Equal((At(1).UtcDateTime, TimeSpan.FromMilliseconds(250)), (spans[1].StartTimeUtc, spans[1].Duration));
        Assert.Equal(["chime", "identified"], whole.Events.Select(one => one.Name));
        Assert.Equal("Known", whole.GetTagItem("doorbell.outcome"));
        // No name and no sentence leaves by this way.
        Assert.DoesNotContain(
            spans.SelectMany(span => span.TagObjects.Concat(span.Events.SelectMany(one => one.Tags))),
            tag => tag.Value?.ToString()?.Contains("Anna", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_word_that_sounds_when_the_visitor_has_gone_is_of_the_same_trace_and_the_next_visit_of_another()
    {
        Listen();
        VisitRecord first = TestVisits.Open(), second = TestVisits.Open(5);
        await TellAsync(
            Changed(0, new VisitStarted(At(0), first)), Changed(20, new VisitEnded(At(20), first)),
            new SentenceSounded(DoorId.Front, At(21), "", first.Id, TimeSpan.FromSeconds(1)),
            Changed(300, new VisitStarted(At(300), second)),
            new SentenceSounded(DoorId.Front, At(301), "", first.Id, TimeSpan.FromSeconds(1)),
            // The end of this visit is lost; the door closes.
            new DoorClosed(DoorId.Front, At(330), new Core.Link.LinkStatistics(), new PipelineCounters(), new Speaking.SpeechCounters()));

        Activity[] spans = [.. _ended];
        Assert.Equal(["visit", "speech", "visit"], spans.Select(span => span.OperationName));
        Assert.Equal(spans[0].TraceId, spans[1].TraceId);
        Assert.NotEqual(spans[0].TraceId, spans[2].TraceId);
        Assert.Equal(TimeSpan.FromSeconds(30), spans[2].Duration);
    }

    [Fact]
    public async Task Where_nobody_listens_nothing_is_made()
    {
        await TellAsync(Changed(0, new VisitStarted(At(0), TestVisits.Open())), Changed(20, new VisitEnded(At(20), TestVisits.Open())));
        Assert.Empty(_ended);
        Assert.Null(Activity.Current);
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _traces.Dispose();
    }

    private static DateTimeOffset At(double seconds) => TestVisits.Noon.AddSeconds(seconds);

    private static VisitChanged Changed(double seconds, VisitEvent happened) => new(DoorId.Front, At(seconds), happened, null, null);

    private void Listen()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DoorTraces.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private async Task TellAsync(params DoorEvent[] events)
    {
        foreach (DoorEvent happened in events) await _traces.ReceiveAsync(happened, CancellationToken.None);
    }
}
