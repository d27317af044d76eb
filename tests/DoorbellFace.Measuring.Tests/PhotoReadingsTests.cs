using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Measuring.Tests;

/// <summary>What a photo says, by the real networks, on a drawn face.</summary>
public sealed class PhotoReadingsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-readings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Several_frames_of_one_moment_are_averaged_as_the_door_averages_them()
    {
        string photo = Path.Combine(_folder.FullName, "anna.png"), faces = Path.Combine(_folder.FullName, "faces.jsonl");
        PictureFile.Write(photo, FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(1, SceneVariation.Visiting), 320, 240));
        using FaceEngine engine = new FaceModels().LoadEngine(null);

        using (var found = new FoundFaces(faces))
        {
            Embedding one = Read(frames: 1), three = Read(frames: 3);

            // What is by chance in a frame is less so in the mean of three.
            Embedding clean = new PhotoReadings(_folder.FullName, engine, [engine.Embedder], found).Of(photo, null)!.Embeddings[0];
            Assert.InRange(three.Similarity(one), 0.5f, 0.9999f);
            Assert.InRange(three.Similarity(clean), one.Similarity(clean), 1);
            Assert.Equal(three.ToBytes(), Read(frames: 3).ToBytes());

            Embedding Read(int frames) =>
                new PhotoReadings(_folder.FullName, engine, [engine.Embedder], found, frames).Of(photo, 56)!.Embeddings[0];
        }
        // The photo itself, and each of its frames once.
        Assert.Equal(4, File.ReadAllLines(faces).Length);
    }
}
