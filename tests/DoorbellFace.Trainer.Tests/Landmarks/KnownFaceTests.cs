using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Landmarks;

/// <summary>The real landmark network on drawn people.</summary>
public class KnownFaceTests
{
    [Fact]
    public void Hard_are_the_faces_that_the_earlier_network_believes_least()
    {
        // Of forty one in twenty is hard: the two of which nothing can be seen.
        KnownFace clear = DrawnFaces.One(2), hidden = clear with
        {
            Gray = new PixelBuffer(240, 240, PixelFormat.Gray8, new byte[240 * 240]),
        };
        int told = 0;

        IReadOnlyList<KnownFace> judged =
            KnownFace.Judged([hidden, .. Enumerable.Repeat(clear, 38), hidden], ShippedModels.FaceLandmarks, () =>
                Interlocked.Increment(ref told));

        Assert.Equal([0, 39], judged.Index().Where(face => face.Item.IsHard).Select(face => face.Index));
        Assert.Equal(40, told);
    }
}
