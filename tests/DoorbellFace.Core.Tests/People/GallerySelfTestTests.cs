using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Recognition;

namespace DoorbellFace.Core.Tests.People;

public sealed class GallerySelfTestTests
{
    private const int Anna = 0, Ben = 1;

    [Fact]
    public void People_who_are_told_apart_need_nothing()
    {
        IReadOnlyList<SelfTestPerson> people = Run(Enrolled("Anna", Pictures(Anna, 6)), Enrolled("Ben", Pictures(Ben, 6)));

        Assert.All(people, person => Assert.True(person.IsGood));
        Assert.All(people, person => Assert.Equal((6, 6, 0), (person.Samples, person.Known, person.Uncertain)));
    }

    [Fact]
    public void A_picture_that_looks_like_another_person_is_said_with_both_names()
    {
        Embedding bensPicture = SamplePeople.Picture(Ben, 0.3f, seed: 99);

        SelfTestPerson anna = Run(Enrolled("Anna", [.. Pictures(Anna, 6), bensPicture]), Enrolled("Ben", Pictures(Ben, 6)))[0];

        Assert.Equal(1, anna.Confused["Ben"]);
        Assert.Contains(anna.Advice, advice => advice.Sentence.StartsWith("1 picture of Anna looks like Ben.", StringComparison.Ordinal));
        Assert.InRange(anna.Weakest!.Value.Similarity, -1, 0.4f);
        Assert.Contains(anna.Advice, advice =>
            advice.Kind == SelfTestAdviceKind.RemovePicture && advice.Names[1] == anna.Weakest.Value.Id.ToString()[^8..]);
    }

    [Fact]
    public void Few_pictures_are_asked_to_become_more()
    {
        SelfTestPerson anna = Assert.Single(Run(Enrolled("Anna", Pictures(Anna, 1))));

        Assert.Null(anna.Weakest);
        Assert.Contains("There is 1 picture of Anna: add some", Assert.Single(anna.Advice).Sentence, StringComparison.Ordinal);
    }

    private static IReadOnlyList<SelfTestPerson> Run(params EnrolledPerson[] people) =>
        GallerySelfTest.Run(SamplePeople.Gallery(people), SamplePeople.NoStrangers, SamplePeople.Manifest);

    private static Embedding[] Pictures(int axis, int count) =>
        [.. Enumerable.Range(0, count).Select(seed => SamplePeople.Picture(axis, 0.3f, seed))];

    private static EnrolledPerson Enrolled(string name, Embedding[] pictures) =>
        new(new PersonId(Guid.NewGuid()), name, [.. pictures.Select(SamplePeople.Sample)], []);
}
