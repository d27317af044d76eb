using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Benchmarks;

/// <summary>Frames as the doorbell sends them, Gray8 of 320x240: of photos, or of people who do not exist.</summary>
internal static class BenchmarkFrames
{
    private const int Width = 320, Height = 240;

    /// <summary>Photos of a folder and its folders, evenly spread, each as large as it fits.</summary>
    /// <exception cref="UserErrorException">There are none.</exception>
    public static IReadOnlyList<PixelBuffer> OfPhotos(string folder, int count)
    {
        if (!Directory.Exists(folder))
            throw new UserErrorException($"A folder with photos was expected, but there is no folder '{folder}'.");
        string[] photos =
            [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(PictureFile.HasPictureExtension)
                .Order(StringComparer.Ordinal)];
        if (photos.Length == 0) throw new UserErrorException($"There is no photo in '{folder}'.");
        int taken = Math.Min(count, photos.Length);
        return [.. Enumerable.Range(0, taken).Select(i =>
            Fit(PixelConversion.ToGray8(PictureFile.Read(photos[i * photos.Length / taken]))))];
    }

    /// <summary>The drawn family, each at several distances.</summary>
    public static IReadOnlyList<PixelBuffer> Drawn(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => PixelConversion.ToGray8(FaceRenderer.RenderFace(
            DrawnFamily.All[i % DrawnFamily.All.Count].Person,
                DrawnScene.Random(i, new SceneVariation { SmallestFacePixels = 60, LargestFacePixels = 140, TiltDegrees = 5 }), Width,
                Height).Picture)),
    ];

    /// <summary>The same picture, lying on its side, in a frame of the same size.</summary>
    public static PixelBuffer OnItsSide(PixelBuffer frame)
    {
        float scale = (float)frame.Width / frame.Height;
        return AffineSampler.Sample(frame,
            AffineTransform.TargetToSource(frame.Width, frame.Height, frame.Width / 2f, frame.Height / 2f, scale, Rotation.FromDegrees(90)),
            frame.Width, frame.Height);
    }

    private static PixelBuffer Fit(PixelBuffer gray)
    {
        float scale = MathF.Max((float)gray.Width / Width, (float)gray.Height / Height);
        return AffineSampler.Sample(gray,
            AffineTransform.TargetToSource(Width, Height, gray.Width / 2f, gray.Height / 2f, scale, Rotation.None), Width, Height);
    }
}
