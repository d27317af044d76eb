using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Visits;

/// <summary>
/// Knows strangers again by the pictures of visits that are still kept. Nothing is written down for it: what a face looks like is worked
/// out from the picture while nobody is at the door, and a visit that is deleted, or too old, is forgotten within
/// <see cref="LookEvery"/>. The store is read on another task, so that no visitor waits for a disk. One worker owns it.
/// </summary>
/// <param name="visits">Opens the visits.</param>
/// <param name="pictures">Reads their pictures.</param>
/// <param name="keepFor">How far back strangers are remembered.</param>
/// <param name="log">For trouble with the store.</param>
public sealed class StrangerWatch(IVisitStorage visits, IPictureFiles pictures, TimeSpan keepFor, ILogger log) : IStrangers, IDisposable
{
    /// <summary>How often the visits are looked through.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly HashSet<VisitId> _withoutFace = [];
    private StrangerMemory? _memory;
    private IVisitStore? _store;
    private Task<Found>? _reading;
    private DateTimeOffset _nextLook;
    private bool _isInTrouble;

    /// <summary>How many visits of strangers are remembered.</summary>
    public int Count => _memory?.Visits.Count() ?? 0;

    /// <inheritdoc/>
    public void Use(Func<IReadOnlyList<EnrolledPerson>, Household>? householdOf)
    {
        _memory = householdOf is null ? null : new StrangerMemory(householdOf);
        _withoutFace.Clear();
    }

    /// <inheritdoc/>
    public void Tick(DateTimeOffset now, DateTimeOffset shown, FaceRecognizer? idle)
    {
        if (_memory is not { } memory) return;
        if (_reading is { IsCompleted: true } read)
        {
            Found found = read.Result;
            memory.KeepOnly(found.Strangers.ToHashSet());
            if (found.Next is { } next && idle is null) return;
            _reading = null;
            _nextLook = found.Next is null ? now + LookEvery : now;
            if (found.Next is { } picture) Look(memory, picture, idle!);
        }
        if (_reading is not null || now < _nextLook) return;
        HashSet<VisitId> done = [.. memory.Visits, .. _withoutFace];
        _reading = Task.Run(() => Read(shown - keepFor, done));
    }

    /// <inheritdoc/>
    public IReadOnlyList<DateTimeOffset> Recall(VisitorIdentified identified) =>
        _memory?.Recall(identified.Stranger, identified.Visit.Id) ?? [];

    /// <inheritdoc/>
    public void Dispose()
    {
        // What is being read is let finish first: it takes a moment, or as long as a locked store makes it wait.
        if (_reading is { } reading) _ = reading.ContinueWith(_ => CloseStore(), TaskScheduler.Default);
        else CloseStore();
    }

    private void Look(StrangerMemory memory, VisitPictureRead picture, FaceRecognizer recognizer)
    {
        try
        {
            // The first face is the visitor's, as it was when they rang.
            if (picture.Pixels is { } pixels && recognizer.Recognize(pixels) is [var face, ..])
                memory.Add(picture.Visit, picture.At, face.Vote);
        }
#pragma warning disable CA1031 // Whatever a network does on an old picture, the door goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            log.LogWarning("The picture of visit {Visit} cannot be looked at again: {Reason}", picture.Visit, error.Message);
        }
        if (!memory.Visits.Contains(picture.Visit)) _withoutFace.Add(picture.Visit);
    }

    private Found Read(DateTimeOffset since, HashSet<VisitId> done)
    {
        try
        {
            if (_store is { IsThere: false }) CloseStore();
            _store ??= visits.OpenIfThere();
            if (_store is not { } store) return new Found([], null);
            VisitRecord[] strangers = [.. store.Since(since).Where(IsOneStranger).Take(StrangerMemory.MostVisits)];
            VisitRecord? next = Array.Find(strangers, visit => !done.Contains(visit.Id));
            _isInTrouble = false;
            VisitPictureRead? picture = next is null
                ? null
                : new VisitPictureRead(next.Id, next.StartedAt,
                    store.PictureOf(next) is { } path ? pictures.TryRead(path, out _) : null);
            return new Found([.. strangers.Select(visit => visit.Id)], picture);
        }
#pragma warning disable CA1031 // Whatever is wrong with the store, the door goes on; strangers are strangers then.
        catch (Exception error)
#pragma warning restore CA1031
        {
            if (!_isInTrouble) log.LogWarning("Strangers cannot be known again: {Reason}", error.Message);
            _isInTrouble = true;
            CloseStore();
            return new Found([], null);
        }
    }

    private void CloseStore()
    {
        _store?.Dispose();
        _store = null;
    }

    private static bool IsOneStranger(VisitRecord visit) =>
        visit is { Outcome: VisitOutcome.Unknown, Company: [], EndedAt: not null, PicturePath: not null };

    private sealed record VisitPictureRead(VisitId Visit, DateTimeOffset At, PixelBuffer? Pixels);

    private sealed record Found(IReadOnlyList<VisitId> Strangers, VisitPictureRead? Next);
}
