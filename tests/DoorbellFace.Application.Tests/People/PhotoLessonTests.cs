using DoorbellFace.Application.Faces;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;
using DoorbellFace.Vision;

namespace DoorbellFace.Application.Tests.People;

/// <summary>The real networks and stores, with photos of drawn people.</summary>
public sealed class PhotoLessonTests : IClassFixture<Networks>, IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ReviewHouse _house;
    private readonly PhotoLessons _lessons;
    private Task _before = Task.CompletedTask;

    public PhotoLessonTests(Networks networks)
    {
        _house = new ReviewHouse(networks.Tools);
        _lessons = new PhotoLessons(_house.Enrolment, new PictureFiles(), WorkAsync, _house.Time);
    }

    public void Dispose()
    {
        _lessons.Dispose();
        _house.Dispose();
    }

    [Fact]
    public async Task An_archive_is_learnt_and_a_copy_in_it_is_not_learnt_twice()
    {
        SentPhoto one = Photo(DrawnFamily.Anna, 41_000_000), other = Photo(DrawnFamily.Anna, 41_000_001);
        byte[] archive = HostileArchives.Of(("one.png", one.Content), ("copy.png", one.Content), ("other.png", other.Content));

        PhotoLesson lesson = await LearnAsync("Anna", new SentPhoto("anna.zip", archive));

        Assert.Equal((LessonState.Ended, 3, 3), (lesson.State, lesson.Photos, lesson.Done));
        Assert.Equal(2, lesson.Report!.Result.Added.Count);
        Assert.Equal(("copy.png", "it was taken before"), (lesson.Report.Refused[0].Picture, lesson.Report.Refused[0].Reason));
        Assert.Equal("Anna", Assert.Single(_house.People.List()).Name);
    }

    [Fact]
    public async Task Whoever_is_meant_on_a_photo_of_several_is_asked_for_and_nothing_is_kept_before()
    {
        _house.Enrol(DrawnFamily.Ben, 4, 42_000_000);
        // Ben stands on the left of one and on the right of the other.
        SentPhoto left = Beside(DrawnFamily.Ben, DrawnFamily.Anna, 1), right = Beside(DrawnFamily.Anna, DrawnFamily.Ben, 5);
        SentPhoto others = Beside(DrawnFamily.Anna, DrawnFamily.Clara, 3);
        PhotoLesson lesson = await LearnAsync("Ben", left, Photo(DrawnFamily.Ben, 42_000_100), right, others);

        Assert.Equal(LessonState.Asking, lesson.State);
        Assert.Equal([(0, 2), (2, 2), (3, 2)], lesson.Questions.Select(question => (question.Photo, question.Faces.Count)));
        Assert.Equal(4, Pictures("Ben"));

        lesson.Answer(new Dictionary<int, int?> { [0] = 0, [2] = 1, [3] = null });
        await lesson.Rest.WaitAsync(Patience);

        Assert.Equal(LessonState.Ended, lesson.State);
        Assert.Equal(3, lesson.Report!.Result.Added.Count);
        Assert.Empty(lesson.Report.Refused);
        Assert.Equal(7, Pictures("Ben"));
    }

    [Fact]
    public async Task The_wrong_one_of_several_raises_a_doubt_and_whoever_is_sure_says_so()
    {
        _house.Enrol(DrawnFamily.Ben, 4, 42_000_000);
        PhotoLesson lesson = await LearnAsync("Ben", Photo(DrawnFamily.Anna, 1), Photo(DrawnFamily.Anna, 2));
        Assert.Equal(LessonState.Doubting, lesson.State);
        Assert.Contains("Is this really Ben?", lesson.Trouble!.Message, StringComparison.Ordinal);
        Assert.Equal(4, Pictures("Ben"));

        lesson.BeSure();
        await lesson.Rest.WaitAsync(Patience);
        Assert.Equal(LessonState.Ended, lesson.State);
        Assert.NotNull(lesson.Report);
    }

    [Fact]
    public async Task One_at_a_time_and_whoever_stops_learns_nothing()
    {
        var free = new TaskCompletionSource();
        _before = free.Task;
        PhotoLesson lesson = _lessons.Begin("Anna", [Photo(DrawnFamily.Anna, 1)]);
        Assert.Equal(ErrorKind.InUse, Assert.Throws<DoorbellException>(() => _lessons.Begin("Ben", [Photo(DrawnFamily.Ben, 1)])).Kind);
        Assert.Same(lesson, _lessons.Find(lesson.Id));

        lesson.Cancel();
        free.SetResult();
        await lesson.Rest.WaitAsync(Patience);

        Assert.Equal((LessonState.Ended, null), (lesson.State, lesson.Report));
        Assert.Empty(_house.People.List());
    }

    [Fact]
    public async Task A_question_that_nobody_answers_is_forgotten_with_its_photos()
    {
        PhotoLesson lesson = await LearnAsync("Ben", Beside(DrawnFamily.Ben, DrawnFamily.Anna, 1));
        Assert.Equal(LessonState.Asking, lesson.State);
        _house.Time.Advance(PhotoLessons.Patience);
        Assert.Null(_lessons.Find(lesson.Id));
        Assert.Equal(LessonState.Ended, lesson.State);
        Assert.Empty(lesson.Questions);
    }

    [Theory]
    [InlineData("")]
    [InlineData("somebody")]
    public void Without_photos_or_with_no_name_nothing_begins(string name)
    {
        SentPhoto[] photos = name.Length == 0 ? [Photo(DrawnFamily.Anna, 1)] : [];
        Assert.Equal(ErrorKind.InvalidValue, Assert.Throws<DoorbellException>(() => _lessons.Begin(name, photos)).Kind);
    }

    private static SentPhoto Photo(FamilyMember member, int seed) =>
        new($"{member.Name} {seed}.png", PictureFile.EncodePng(ReviewHouse.Picture(member.Person, seed)));

    /// <summary>Two people side by side.</summary>
    private static SentPhoto Beside(FamilyMember left, FamilyMember right, int seed)
    {
        PixelBuffer one = PixelConversion.ToGray8(ReviewHouse.Picture(left.Person, 43_000_000 + seed));
        PixelBuffer other = PixelConversion.ToGray8(ReviewHouse.Picture(right.Person, 44_000_000 + seed));
        var pixels = new byte[2 * one.Width * one.Height];
        for (int row = 0; row < one.Height; row++)
        {
            one.Row(row).CopyTo(pixels.AsSpan(2 * row * one.Width));
            other.Row(row).CopyTo(pixels.AsSpan((2 * row * one.Width) + one.Width));
        }
        return new SentPhoto($"{left.Name} and {right.Name}.png",
            PictureFile.EncodePng(new PixelBuffer(2 * one.Width, one.Height, PixelFormat.Gray8, pixels)));
    }

    private int Pictures(string name) => _house.People.List().Single(person => person.Name == name).Positives.Count();

    private async Task<PhotoLesson> LearnAsync(string name, params SentPhoto[] photos)
    {
        PhotoLesson lesson = _lessons.Begin(name, photos);
        await lesson.Rest.WaitAsync(Patience);
        return lesson;
    }

    private async Task<EnrolmentReport?> WorkAsync(Func<GalleryTools, EnrolmentReport?> work, CancellationToken stop)
    {
        await _before;
        return work(_house.Tools);
    }
}
