using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using Microsoft.Data.Sqlite;

namespace DoorbellFace.Adapters.Storage;

/// <content>Rings, from when they are heard until a visit that holds them is kept.</content>
public sealed partial class SqliteVisitStore
{
    /// <summary>The numbers of starts and presses come again at some time; after so long the same ones are another press.</summary>
    private static readonly TimeSpan SamePressWithin = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public void KeepRing(DoorId door, DateTimeOffset at, PressId press)
    {
        if (LastPress(door) is { } last && last.Press == press && at - last.At < SamePressWithin) TakeBack(door, last.At);
        Guarded("kept", () =>
        {
            SetSynchronous(isFull: true);
            using SqliteCommand command = Command(
                """
                INSERT INTO rings (door_id, rung_at) VALUES ($door, $at);
                INSERT INTO last_presses (door_id, boot, press, rung_at) VALUES ($door, $boot, $press, $at)
                    ON CONFLICT (door_id) DO UPDATE SET boot = $boot, press = $press, rung_at = $at
                """);
            command.Parameters.AddWithValue("$door", door.Value);
            command.Parameters.AddWithValue("$at", VisitRow.TimeText(at));
            command.Parameters.AddWithValue("$boot", press.Boot);
            command.Parameters.AddWithValue("$press", press.Press);
            return command.ExecuteNonQuery();
        });
    }

    /// <inheritdoc/>
    /// <exception cref="VisitStoreException">It cannot be written.</exception>
    public void ForgetRings(DoorId door, DateTimeOffset upTo) => Guarded("kept", () =>
    {
        SetSynchronous(isFull: false);
        using SqliteCommand command = Command("DELETE FROM rings WHERE door_id = $door AND rung_at <= $at");
        command.Parameters.AddWithValue("$door", door.Value);
        command.Parameters.AddWithValue("$at", VisitRow.TimeText(upTo));
        return command.ExecuteNonQuery();
    });

    private (PressId Press, DateTimeOffset At)? LastPress(DoorId door) => Guarded("read", () =>
    {
        using SqliteCommand command = Command("SELECT boot, press, rung_at FROM last_presses WHERE door_id = $door");
        command.Parameters.AddWithValue("$door", door.Value);
        using SqliteDataReader rows = command.ExecuteReader();
        return rows.Read()
            ? (new PressId(rows.GetInt32(0), rows.GetInt32(1)), VisitRow.Time(rows.GetString(2)))
            : ((PressId, DateTimeOffset)?)null;
    });

    /// <summary>
    /// A doorbell whose press was not acknowledged, because the program was killed, tells the next program of it: it rings then, and what
    /// was made of the press before counts no more.
    /// </summary>
    private void TakeBack(DoorId door, DateTimeOffset at)
    {
        if (VisitAt(door, at) is not { EndedAt: not null, Rings: > 0 } visit) return;
        if (visit is { Outcome: VisitOutcome.Interrupted, Rings: 1 }) DeleteAll([visit]);
        else Save(visit with { Rings = visit.Rings - 1 });
    }

    /// <summary>The last visit that had begun by then.</summary>
    private VisitRecord? VisitAt(DoorId door, DateTimeOffset at) => Read(
        "WHERE door_id = $door AND started_at <= $at ORDER BY started_at DESC LIMIT 1", ("$door", door.Value),
        ("$at", VisitRow.TimeText(at))).SingleOrDefault();

    /// <summary>A ring that was heard and never came into a visit: the program ended within the moment between the two.</summary>
    /// <param name="unanswered">The visits that were cut off before their answer was kept: while it was not due yet, the visitor rang once
    /// more. After an answer a ring begins a new visit.</param>
    private void MakeVisitsOfLeftRings(HashSet<VisitId> unanswered)
    {
        var rings = new List<(DoorId Door, DateTimeOffset At)>();
        using (SqliteCommand command = Command("SELECT door_id, rung_at FROM rings ORDER BY rung_at"))
        {
            using SqliteDataReader rows = command.ExecuteReader();
            while (rows.Read()) rings.Add((new DoorId(rows.GetString(0)), VisitRow.Time(rows.GetString(1))));
        }
        foreach ((DoorId door, DateTimeOffset at) in rings)
        {
            ForgetRings(door, at);
            VisitRecord? before = VisitAt(door, at);
            // The visit that this very ring began was kept already.
            if (before?.StartedAt == at) continue;
            if (before is { EndedAt: { } endedAt } && unanswered.Contains(before.Id)
                && at - before.StartedAt <= new VisitOptions().DecideWithin)
            {
                // The visitor of that visit, once more.
                Save(before with { Rings = before.Rings + 1, EndedAt = at > endedAt ? at : endedAt });
                continue;
            }
            Save(new VisitRecord
            {
                Id = VisitId.Of(door, at, Guid.NewGuid()),
                Door = door,
                StartedAt = at,
                EndedAt = at,
                StartedBy = VisitStart.Ring,
                Rings = 1,
                Outcome = VisitOutcome.Interrupted,
                Reasons = ["The bell rang, and the program was stopped before it could look."],
            });
        }
    }
}
