using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Measuring.Wearing;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Testing;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring.Tests;

/// <summary>A drawn photo, through the real search and networks.</summary>
public sealed class PhotoReadingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_worn_changes_what_a_photo_says_and_the_bare_one_stays_as_it_is()
    {
        string photo = _folder["anna.png"], faces = _folder["faces.jsonl"];
        var scene = new DrawnScene { FaceHeightPixels = 130, Seed = 1 };
        PictureFile.Write(photo, FaceRenderer.Render(DrawnFamily.Anna.Person, scene, 320, 240));
        using FaceEngine engine = new FaceModels().LoadEngine();
        PhotoReading bare, hidden;
        using (var found = new FoundFaces(faces))
        {
            var readings = new PhotoReadings(_folder.Root, engine, [engine.Embedder], found);
            hidden = readings.Of(photo, null, [Worn.DarkGlasses])!;
            bare = readings.Of(photo, null)!;
            Assert.NotNull(readings.Of(photo, 100, [Worn.Cap]));
        }

        Assert.InRange(bare.Embeddings[0].Similarity(hidden.Embeddings[0]), -1, 0.9);
        // Where the face lies is kept for each apart.
        Assert.Equal(["anna.png", "anna.png DarkGlasses", "anna.png Cap"],
            File.ReadLines(faces).Select(line => line.Split('"')[3]));
        using var known = new FoundFaces(faces);
        var again = new PhotoReadings(_folder.Root, engine, [engine.Embedder], known);
        Assert.Equal(1, bare.Embeddings[0].Similarity(again.Of(photo, null)!.Embeddings[0]), 1e-4);
        Assert.Equal(1, hidden.Embeddings[0].Similarity(again.Of(photo, null, [Worn.DarkGlasses])!.Embeddings[0]), 1e-4);
    }

    [Fact]
    public void Several_frames_of_one_moment_are_averaged_as_the_door_averages_them()
    {
        string photo = _folder["anna.png"], faces = _folder["faces.jsonl"];
        PictureFile.Write(photo, FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(1, SceneVariation.Visiting), 320, 240));
        using FaceEngine engine = new FaceModels().LoadEngine();

        using (var found = new FoundFaces(faces))
        {
            Embedding one = Read(frames: 1), three = Read(frames: 3);

            // What is by chance in a frame is less so in the mean of three.
            Embedding clean = new PhotoReadings(_folder.Root, engine, [engine.Embedder], found).Of(photo, null)!.Embeddings[0];
            Assert.InRange(three.Similarity(one), 0.5f, 0.9999f);
            Assert.InRange(three.Similarity(clean), one.Similarity(clean), 1);
            Assert.Equal(three.ToBytes(), Read(frames: 3).ToBytes());

            Embedding Read(int frames) =>
                new PhotoReadings(_folder.Root, engine, [engine.Embedder], found, frames).Of(photo, 56)!.Embeddings[0];
        }
        // The photo itself, and each of its frames once.
        Assert.Equal(4, File.ReadAllLines(faces).Length);
    }
}
