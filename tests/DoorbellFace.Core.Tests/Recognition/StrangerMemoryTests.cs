using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Recognition;
using Xunit;

namespace DoorbellFace.Core.Tests.Recognition;

public sealed class StrangerMemoryTests
{
    private const int Courier = 3, Neighbour = 4;

    private static readonly DateTimeOffset Monday = new(2026, 11, 23, 9, 0, 0, TimeSpan.Zero);

    private readonly StrangerMemory _memory =
        new(people => new Household(new Gallery(SamplePeople.Model, people), SamplePeople.NoStrangers, SamplePeople.Manifest));

    [Fact]
    public void A_stranger_is_known_again_with_all_their_visits_and_another_one_is_not()
    {
        Remember(Courier, Monday, seed: 1);
        Remember(Neighbour, Monday.AddHours(1), seed: 2);
        Remember(Courier, Monday.AddDays(1), seed: 3);

        Assert.Equal([Monday.AddDays(1), Monday], _memory.Recall(Votes(Courier), VisitAt(Monday.AddDays(2))));
        Assert.Equal([Monday.AddHours(1)], _memory.Recall(Votes(Neighbour), VisitAt(Monday.AddDays(2))));
        Assert.Empty(_memory.Recall(Votes(axis: 9), VisitAt(Monday.AddDays(2))));
    }

    [Fact]
    public void The_visit_that_goes_on_is_no_earlier_one()
    {
        VisitId now = Remember(Courier, Monday, seed: 1);

        Assert.Empty(_memory.Recall(Votes(Courier), now));
    }

    [Fact]
    public void Somebody_between_two_strangers_was_not_here()
    {
        Remember(Courier, Monday, seed: 1, noise: 0);
        Remember(Neighbour, Monday.AddHours(1), seed: 2, noise: 0);
        FaceVote between = new(1) { Embedding = SamplePeople.Like(Courier, MathF.Sqrt(0.5f), elsewhere: Neighbour) };

        Assert.Empty(_memory.Recall([between, between], VisitAt(Monday.AddDays(2))));
    }

    [Fact]
    public void What_is_deleted_is_forgotten()
    {
        VisitId deleted = Remember(Courier, Monday, seed: 1);
        VisitId kept = Remember(Courier, Monday.AddDays(1), seed: 3);

        _memory.KeepOnly(new HashSet<VisitId> { kept });
        Assert.Equal([Monday.AddDays(1)], _memory.Recall(Votes(Courier), VisitAt(Monday.AddDays(2))));
        Assert.DoesNotContain(deleted, _memory.Visits);

        _memory.KeepOnly(new HashSet<VisitId>());
        Assert.Empty(_memory.Recall(Votes(Courier), VisitAt(Monday.AddDays(2))));
    }

    [Fact]
    public void Strangers_are_grouped_by_likeness_and_who_came_most_often_comes_first()
    {
        VisitId neighbour = Remember(Neighbour, Monday.AddHours(1), seed: 2);
        VisitId first = Remember(Courier, Monday, seed: 1), second = Remember(Courier, Monday.AddDays(1), seed: 3);

        IReadOnlyList<StrangerGroup> groups = _memory.Groups();

        Assert.Equal([[second, first], [neighbour]], groups.Select(group => group.Visits));
        Assert.All(groups, group => Assert.Empty(group.Disagreeing));
    }

    [Fact]
    public void A_picture_that_the_others_would_not_be_taken_for_disagrees()
    {
        VisitId first = Remember(Courier, Monday, seed: 1, noise: 0), second = Remember(Courier, Monday.AddDays(1), seed: 3, noise: 0);
        // It joins by a threshold of 0.5 and 0.08; two who stand on its other side have drawn the middle away since.
        VisitId odd = VisitAt(Monday.AddDays(2));
        _memory.Add(odd, Monday.AddDays(2), new FaceVote(1) { Embedding = SamplePeople.Like(Courier, 0.59f, elsewhere: 20) });
        foreach (int day in Enumerable.Range(3, 8))
        {
            _memory.Add(VisitAt(Monday.AddDays(day)), Monday.AddDays(day),
                new FaceVote(1) { Embedding = SamplePeople.Like(Courier, 0.62f, elsewhere: 21) });
        }

        StrangerGroup group = Assert.Single(_memory.Groups());

        Assert.Equal(11, group.Visits.Count);
        Assert.Equal([odd], group.Disagreeing);
        Assert.DoesNotContain(first, group.Disagreeing);
        Assert.DoesNotContain(second, group.Disagreeing);
    }

    [Fact]
    public void The_oldest_give_way()
    {
        for (int i = 0; i <= StrangerMemory.MostVisits; i++) Remember(Courier, Monday.AddMinutes(i), seed: i);

        Assert.Equal(StrangerMemory.MostVisits, _memory.Visits.Count());
        Assert.DoesNotContain(Monday, _memory.Recall(Votes(Courier), VisitAt(Monday.AddDays(2))));
    }

    private VisitId Remember(int axis, DateTimeOffset at, int seed, float noise = 0.3f)
    {
        _memory.Add(VisitAt(at), at, new FaceVote(1) { Embedding = SamplePeople.Picture(axis, noise, seed) });
        return VisitAt(at);
    }

    private static FaceVote[] Votes(int axis) =>
        [.. Enumerable.Range(100, 2).Select(seed => new FaceVote(1) { Embedding = SamplePeople.Picture(axis, 0.3f, seed) })];

    private static VisitId VisitAt(DateTimeOffset at) => VisitId.Of(DoorId.Front, at, Guid.Empty);
}
