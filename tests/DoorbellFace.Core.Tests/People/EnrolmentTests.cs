using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Faces;
using DoorbellFace.Core.Tests.Recognition;

namespace DoorbellFace.Core.Tests.People;

public sealed class EnrolmentTests
{
    private const int Anna = 0, Ben = 1;

    private static readonly DateTimeOffset Noon = new(2026, 8, 3, 12, 0, 0, TimeSpan.Zero);

    private readonly MarkedFaces _faces = new();
    private readonly StoredPerson _nobody = new(new PersonId(Guid.NewGuid()), "Anna", []);

    [Fact]
    public void Good_pictures_of_a_new_person_are_kept_with_their_name()
    {
        EnrolmentResult result = Enrol(_nobody, isNew: true, Picture(Anna, 1), Picture(Anna, 2), Picture(Anna, 3));

        Assert.Equal(3, result.Added.Count);
        Assert.Empty(result.Refused);
        Assert.Equal("Anna", result.Change.Named[_nobody.Id]);
        Assert.All(result.Change.Added, added => Assert.Equal(_nobody.Id, added.Person));
        Assert.All(result.Added, sample =>
            Assert.Equal((SampleSource.Photo, Noon, false), (sample.Source, sample.AddedAt, sample.IsNegative)));
    }

    [Fact]
    public void The_same_name_again_adds_to_the_person()
    {
        StoredPerson anna = Stored(Picture(Anna, 1), Picture(Anna, 2));

        EnrolmentResult result = Enrol(anna, isNew: false, Picture(Anna, 3));

        Assert.Single(result.Added);
        Assert.Empty(result.Change.Named);
    }

    [Fact]
    public void A_picture_of_someone_else_among_them_is_refused()
    {
        EnrolmentResult result = Enrol(_nobody, isNew: true, Picture(Anna, 1), Picture(Ben, 1), Picture(Anna, 2));

        RefusedPicture refused = Assert.Single(result.Refused);
        Assert.Equal(("picture 1", SampleRefusal.Unlike), (refused.Picture, refused.Refusal));
        Assert.Contains("does not look like the other pictures of Anna", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(2, result.Added.Count);
    }

    [Fact]
    public void Many_pictures_of_someone_else_do_not_outvote_what_is_there()
    {
        StoredPerson anna = Stored(Picture(Anna, 1));

        EnrolmentResult result = Enrol(anna, isNew: false, Picture(Ben, 1), Picture(Anna, 2));

        Assert.Equal("picture 0", Assert.Single(result.Refused).Picture);
        Assert.Single(result.Added);
    }

    [Fact]
    public void Of_two_pictures_that_are_unlike_each_other_neither_is_believed()
    {
        EnrolmentResult result = Enrol(_nobody, isNew: true, Picture(Anna, 1), Picture(Ben, 1));

        Assert.Empty(result.Added);
        Assert.Empty(result.Change.Named);
        Assert.Equal(2, result.Refused.Count);
    }

    [Fact]
    public void The_very_same_picture_is_kept_once()
    {
        PixelBuffer picture = Picture(Anna, 1);

        EnrolmentResult result = Enrol(_nobody, isNew: true, picture, picture);

        Assert.Single(result.Added);
        Assert.Equal(SampleRefusal.AlreadyThere, Assert.Single(result.Refused).Refusal);
    }

    [Theory]
    [InlineData(0, SampleRefusal.NoFace, "no face is to be seen")]
    [InlineData(2, SampleRefusal.SeveralFaces, "2 faces are to be seen, and nobody can tell which one is meant")]
    public void One_face_must_be_there(int count, SampleRefusal refusal, string reason)
    {
        Enrolment enrolment = New(_nobody, isNew: true);

        SampleCheck check = enrolment.Offer(Picture(Anna), [.. Enumerable.Repeat(MarkedFaces.Face, count)], SampleSource.Photo, Noon, "x");

        Assert.Equal((refusal, reason), (check.Refusal, check.Reason));
        Assert.Equal(refusal, Assert.Single(enrolment.Finish().Refused).Refusal);
    }

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void A_face_far_behind_the_person_is_not_meant(int edge, bool isBackground)
    {
        Enrolment enrolment = New(_nobody, isNew: true);
        FaceDetection behind = MarkedFaces.Face with { Box = new PixelRect(0, 0, edge, edge) };

        SampleCheck check = enrolment.Offer(Picture(Anna), [behind, MarkedFaces.Face], SampleSource.Photo, Noon, "x");

        Assert.Equal(isBackground ? null : SampleRefusal.SeveralFaces, check.Refusal);
        Assert.Equal(isBackground ? 1 : 0, enrolment.Finish().Added.Count);
    }

    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 0)]
    public void With_fewer_pictures_than_asked_for_nothing_is_kept(int fewest, int kept)
    {
        Enrolment enrolment = New(_nobody, isNew: true);
        Offer(enrolment, Picture(Anna, 1), Picture(Anna, 2), Picture(Anna, 3), Picture(Ben, 1));

        EnrolmentResult result = enrolment.Finish(fewest);

        Assert.Equal(kept, result.Added.Count);
        Assert.Equal(3 - kept, result.Refused.Count(refused => refused.Refusal == SampleRefusal.TooFew));
        Assert.Equal(kept > 0, result.Change.Named.Count > 0);
    }

    [Theory]
    [InlineData(40f, 0f, 128f, "the face is too far away")]
    [InlineData(120f, 9f, 128f, "the face is blurred")]
    [InlineData(120f, 0f, 16f, "the face is too dark")]
    public void A_face_that_is_seen_badly_is_refused_with_the_reason(float edge, float blur, float mean, string reason)
    {
        (PixelBuffer picture, FaceLandmarks landmarks) = PlainFace.Draw(edge, blur: blur, mean: mean, contrast: mean < 50 ? 15 : 50);
        Enrolment enrolment = New(_nobody, isNew: true);

        SampleCheck check = enrolment.Offer(picture, [MarkedFaces.FaceWith(landmarks)], SampleSource.Photo, Noon, "x");

        Assert.Equal(SampleRefusal.Quality, check.Refusal);
        Assert.StartsWith(reason, check.Reason, StringComparison.Ordinal);
        Assert.Empty(enrolment.Finish().Added);
        Assert.Equal(0, _faces.Calls);
    }

    [Fact]
    public void Beyond_the_cap_the_most_redundant_go_and_the_rare_view_stays()
    {
        PixelBuffer rare = Picture(SamplePeople.Like(Anna, 0.6f, elsewhere: 40));
        Enrolment enrolment = New(_nobody, isNew: true, new EnrolmentOptions { MostSamples = 5 });
        Offer(enrolment, [rare, .. Enumerable.Range(0, 9).Select(seed => Picture(SamplePeople.Picture(Anna, 0.2f, seed)))]);

        EnrolmentResult result = enrolment.Finish();

        Assert.Equal((5, 5), (result.Added.Count, result.Redundant));
        Assert.Contains(result.Added, sample => sample.Embedding!.Similarity(SamplePeople.Like(Anna, 0.6f, elsewhere: 40)) > 0.999f);
        Assert.Empty(result.Change.RemovedSamples);
    }

    [Fact]
    public void The_cap_drops_old_pictures_as_well_as_new_ones()
    {
        StoredPerson anna =
            Stored(Picture(SamplePeople.Picture(Anna, 0.05f, 1)), Picture(SamplePeople.Picture(Anna, 0.05f, 2)),
                Picture(SamplePeople.Picture(Anna, 0.05f, 3)));
        Enrolment enrolment = New(anna, isNew: false, new EnrolmentOptions { MostSamples = 3 });
        Offer(enrolment, Picture(SamplePeople.Like(Anna, 0.7f, elsewhere: 50)));

        EnrolmentResult result = enrolment.Finish();

        Assert.Single(result.Added);
        Assert.Contains(Assert.Single(result.Change.RemovedSamples), anna.Samples.Select(sample => sample.Id));
    }

    [Fact]
    public void Someone_who_was_mistaken_for_Anna_is_kept_as_a_negative_and_not_as_a_picture_of_hers()
    {
        StoredPerson anna = Stored(Picture(Anna, 1));

        EnrolmentResult result =
            New(anna, isNew: false).Exclude(Picture(SamplePeople.Like(Anna, 0.6f)), [MarkedFaces.Face], SampleSource.Visit, Noon, "visit");

        Assert.True(Assert.Single(result.Added).IsNegative);
        EnrolledPerson after =
            Assert.Single(GalleryLoader.Of([anna with { Samples = [.. anna.Samples, .. result.Added] }], SamplePeople.Model).People);
        Assert.Equal((1, 1), (after.Samples.Count, after.Negatives.Count));
    }

    private PixelBuffer Picture(int axis, int seed = 0) => Picture(SamplePeople.Picture(axis, 0.5f, seed));

    private PixelBuffer Picture(Embedding embedding) => _faces.Picture(embedding);

    private Enrolment New(StoredPerson person, bool isNew, EnrolmentOptions? options = null) =>
        new(person, isNew, _faces, () => new SampleId(Guid.NewGuid()), options);

    private EnrolmentResult Enrol(StoredPerson person, bool isNew, params PixelBuffer[] pictures)
    {
        Enrolment enrolment = New(person, isNew);
        Offer(enrolment, pictures);
        return enrolment.Finish();
    }

    private static void Offer(Enrolment enrolment, params PixelBuffer[] pictures)
    {
        for (int i = 0; i < pictures.Length; i++)
            enrolment.Offer(pictures[i], [MarkedFaces.Face], SampleSource.Photo, Noon, $"picture {i}");
    }

    private StoredPerson Stored(params PixelBuffer[] pictures) => _nobody with { Samples = Enrol(_nobody, isNew: true, pictures).Added };
}
