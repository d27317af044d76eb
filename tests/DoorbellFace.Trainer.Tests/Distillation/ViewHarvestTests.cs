using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Testing;
using DoorbellFace.Trainer.Distillation;
using Xunit;

namespace DoorbellFace.Trainer.Tests.Distillation;

public sealed class ViewHarvestTests : IDisposable
{
    private const int Seed = 5;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbellface-");
    private readonly FaceHarvest _harvest;

    public ViewHarvestTests() => _harvest = SmallHarvest.Write(Path.Combine(_folder.FullName, "harvest"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Every_view_has_the_answer_to_the_very_picture_that_is_painted()
    {
        ViewHarvest views = Gathered("answers", 40);
        using var teacher = new ToneTeacher();
        var kept = new float[Teacher.EmbeddingLength];

        for (int view = 0; view < views.Count; view++)
        {
            views.CopyEmbedding(view, kept);
            float[] asked = teacher.EmbedAligned(ViewPainter.Aligned(views.Paint(view), teacher.AlignedEdge));
            for (int i = 0; i < asked.Length; i++) Assert.Equal(asked[i], kept[i], 1e-3f);
        }
    }

    [Fact]
    public void Interrupted_or_made_longer_it_is_what_it_would_have_been()
    {
        Gathered("whole", 600);
        using (var stop = new CancellationTokenSource())
        {
            Gather("pieces", 300, done => { if (done > 0) stop.Cancel(); }, stop.Token);
            Assert.True(new FileInfo(PathOf("pieces")).Length < new FileInfo(PathOf("whole")).Length);
        }
        // A kill in the middle of a record.
        File.WriteAllBytes(PathOf("pieces"), File.ReadAllBytes(PathOf("pieces"))[..^7]);
        Gathered("pieces", 300);
        Gathered("pieces", 600);

        Assert.Equal(File.ReadAllBytes(PathOf("whole")), File.ReadAllBytes(PathOf("pieces")));
    }

    [Fact]
    public void Mixtures_lie_between_different_people_and_nobody_held_out_is_in_one()
    {
        ViewHarvest views = Gathered("people", 400);
        FaceView[] all = [.. Enumerable.Range(0, views.Count).Select(number => views[number])];

        Assert.Contains(Enumerable.Range(0, SmallHarvest.Faces), face => HeldOutFaces.Contains(_harvest.Faces[face]));
        Assert.DoesNotContain(all, view =>
            HeldOutFaces.Contains(_harvest.Faces[view.Face]) || (view.IsMixture && HeldOutFaces.Contains(_harvest.Faces[view.Other])));
        Assert.All(all.Where(view => view.IsMixture), view =>
            Assert.NotEqual(_harvest.Faces[view.Face].Person, _harvest.Faces[view.Other].Person));
        Assert.InRange(all.Count(view => view.IsMixture), 240, 320);
    }

    [Fact]
    public void Views_of_another_seed_are_not_taken_for_these()
    {
        Gathered("seed", 3);

        var error = Assert.Throws<UserErrorException>(() => ViewHarvest.Read(PathOf("seed"), _harvest, Seed + 1, 3));

        Assert.Contains("another seed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fewer_views_than_asked_for_are_said()
    {
        Gathered("few", 3);

        Assert.Contains("has 3 views; 4 were expected",
            Assert.Throws<UserErrorException>(() => ViewHarvest.Read(PathOf("few"), _harvest, Seed, 4)).Message, StringComparison.Ordinal);
    }

    [DataFact("../models/" + Teacher.EmbedderFile)]
    public void The_real_teacher_sees_both_people_in_a_mixture_and_the_one_in_a_view()
    {
        string data = MeasuringData.Find(".")!, models = MeasuringData.Find("../models")!;
        PermittedPhoto[] photos =
            [.. PermittedPhotos.In(data).Where(photo => photo.Person is not null).DistinctBy(photo => photo.Person).Skip(30).Take(40)];
        string directory = Path.Combine(_folder.FullName, "real");
        FaceHarvest.Gather(data, photos, models, directory, _ => { }, CancellationToken.None);
        FaceHarvest harvest = FaceHarvest.Read(directory);
        using (var teacher = new Teacher(models))
        {
            // It was asked about the gray that the student sees, and not about colours.
            float[] ofGray = teacher.EmbedAligned(ViewPainter.Aligned(harvest.Crop(7), teacher.AlignedEdge));
            Assert.InRange(Embedding.Of(ofGray).Similarity(Embedding.Of(harvest.Embedding(7))), 0.9999f, 1.0001f);
        }
        string path = ViewHarvest.FileOf(directory, Seed);
        ViewHarvest.Gather(path, harvest, Seed, 60, () => new Teacher(models), _ => { }, CancellationToken.None);
        ViewHarvest views = ViewHarvest.Read(path, harvest, Seed, 60);

        var likeness = new List<(bool IsMixture, float Own, float Others)>();
        for (int number = 0; number < views.Count; number++)
        {
            FaceView view = views[number];
            float own = Cosine(views, number, harvest, view.Face);
            if (view.IsMixture) own = (own + Cosine(views, number, harvest, view.Other)) / 2;
            likeness.Add(
                (view.IsMixture, own,
                    Enumerable.Range(0, harvest.Faces.Count).Where(face => face != view.Face && face != view.Other)
                    .Average(face => Cosine(views, number, harvest, face))));
        }

        Assert.True(likeness.Where(one => !one.IsMixture).Average(one => one.Own) > 0.75, string.Join(' ', likeness));
        Assert.True(likeness.Where(one => one.IsMixture).Average(one => one.Own) is > 0.25f and < 0.7f, string.Join(' ', likeness));
        Assert.True(likeness.Average(one => one.Others) < 0.15, string.Join(' ', likeness));
    }

    private static float Cosine(ViewHarvest views, int number, FaceHarvest harvest, int face)
    {
        var view = new float[Teacher.EmbeddingLength];
        views.CopyEmbedding(number, view);
        return Embedding.Of(view).Similarity(Embedding.Of(harvest.Embedding(face)));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Gather(string name, int count, Action<int> onViews, CancellationToken stop) =>
        ViewHarvest.Gather(PathOf(name), _harvest, Seed, count, () => new ToneTeacher(), onViews, stop);

    private ViewHarvest Gathered(string name, int count)
    {
        Gather(name, count, _ => { }, CancellationToken.None);
        return ViewHarvest.Read(PathOf(name), _harvest, Seed, count);
    }
}
