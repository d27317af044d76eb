using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Recognition;

namespace DoorbellFace.Core.Tests.People;

public class TwoPeopleTests
{
    private const int Anna = 3, Ben = 4;

    private const float Least = 0.4f;

    [Fact]
    public void Pictures_of_two_people_fall_into_two_and_the_smaller_group_is_named()
    {
        Embedding[] pictures = [Picture(Anna, 1), Picture(Ben, 2), Picture(Anna, 3), Picture(Ben, 4), Picture(Anna, 5)];

        (IReadOnlyList<Embedding> smaller, float similarity) = Find(pictures)!.Value;

        Assert.Equal([pictures[1], pictures[3]], smaller);
        Assert.InRange(similarity, -0.3f, 0.3f);
    }

    [Fact]
    public void Pictures_of_one_person_are_left_together() =>
        Assert.Null(Find([.. Enumerable.Range(0, 6).Select(seed => Picture(Anna, seed))]));

    [Fact]
    public void One_odd_picture_is_no_second_person() =>
        Assert.Null(Find([Picture(Anna, 1), Picture(Anna, 2), Picture(Anna, 3), Picture(Ben, 4)]));

    [Fact]
    public void Of_three_pictures_nobody_can_say() => Assert.Null(Find([Picture(Anna, 1), Picture(Ben, 2), Picture(Ben, 3)]));

    private static (IReadOnlyList<Embedding> Smaller, float Similarity)? Find(Embedding[] pictures) =>
        TwoPeople.Find(pictures, picture => picture, Least);

    private static Embedding Picture(int axis, int seed) => SamplePeople.Picture(axis, noise: 0.3f, seed);
}
