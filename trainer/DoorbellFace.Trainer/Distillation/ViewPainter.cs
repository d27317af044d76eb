using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// Paints the views: a harvested face turned, shifted, bent and in another light, or two of them mixed. The same view looks the same
/// whenever it is painted: for the teacher, who is asked once, and for the student, who sees it through the doorbell's camera.
/// </summary>
/// <param name="harvest">The faces.</param>
/// <param name="seed">The seed of all views.</param>
internal sealed class ViewPainter(FaceHarvest harvest, int seed)
{
    private const int Edge = FaceHarvest.CropEdgePixels;

    /// <summary>Stream of <see cref="SeededRandom"/> apart from those of the training.</summary>
    private const int Stream = 11;

    /// <summary>Edge of the aligned face in a crop, in pixels.</summary>
    private const float Face = Edge / FaceHarvest.CropSpan;

    /// <summary>Standard deviations: of the angle in degrees, of the size and of the place as parts of the aligned face.</summary>
    private const float RotationDegrees = 5, Scale = 0.05f, Shift = 0.02f;

    /// <summary>
    /// Bends: how many views have them, of how many waves they are made, and the standard deviation of a wave's height in pixels.
    /// </summary>
    private const float BendProbability = 0.5f, BendHeight = 1.2f;

    private const int BendWaves = 3;

    /// <summary>In so many mixtures both faces are first bent so that their landmarks meet half way.</summary>
    private const float MorphProbability = 0.6f;

    /// <summary>Light from the side: how many views have it, and how much brighter one edge is than the middle at most.</summary>
    private const float SideLightProbability = 0.5f, MaxSideLight = 0.45f;

    private const float MaxGamma = 1.35f;

    /// <summary>The view as a crop of the harvest: Gray8, with the harvest's edge and span.</summary>
    public PixelBuffer Paint(FaceView view)
    {
        var random = new SeededRandom(seed, view.Number, Stream);
        Func<float, float, (float X, float Y)> place = RandomPlace(random);
        byte[] pixels;
        if (view.IsMixture)
        {
            var mixture = FaceMixture.Random(random);
            FacePoint[] one = LandmarksOf(view.Face), other = LandmarksOf(view.Other);
            FacePoint[]? meeting = random.Chance(MorphProbability)
                ? [.. one.Zip(other, (a, b) => new FacePoint((a.X + b.X) / 2, (a.Y + b.Y) / 2))]
                : null;
            pixels = Bent(view.Face, one, meeting, place);
            Mix(pixels, Bent(view.Other, other, meeting, place), new PictureWarp(Edge, place).Sample(Mask(mixture)));
        }
        else
        {
            pixels = Bent(view.Face, [], null, place);
        }
        Light(pixels, random);
        return new PixelBuffer(Edge, Edge, PixelFormat.Gray8, pixels);
    }

    /// <summary>
    /// What the teacher looks at: the aligned face alone, without the surroundings that a crop has for later turning and shifting.
    /// </summary>
    public static PixelBuffer Aligned(PixelBuffer crop, int edge)
    {
        var map =
            AffineTransform.TargetToSource(edge, edge, crop.Width / 2f, crop.Height / 2f, crop.Width / FaceHarvest.CropSpan / edge,
                Rotation.None);
        return AffineSampler.Sample(crop, map, edge, edge);
    }

    private static Func<float, float, (float X, float Y)> RandomPlace(SeededRandom random)
    {
        var map = AffineTransform.TargetToSource(
            Edge, Edge, (Edge / 2f) + (Shift * Face * random.Normal()), (Edge / 2f) + (Shift * Face * random.Normal()),
                1 + (Scale * random.Normal()), Rotation.FromDegrees(RotationDegrees * random.Normal()));
        if (!random.Chance(BendProbability)) return map.Apply;
        var waves = new (float X, float Y, float Phase, float HeightX, float HeightY)[BendWaves];
        for (int i = 0; i < waves.Length; i++)
        {
            float perPixel = 2 * MathF.PI / Edge;
            waves[i] =
                (perPixel * random.Between(-1.5f, 1.5f), perPixel * random.Between(-1.5f, 1.5f), random.Between(0, 2 * MathF.PI),
                    BendHeight * random.Normal(), BendHeight * random.Normal());
        }
        return (x, y) =>
        {
            (float atX, float atY) = map.Apply(x, y);
            foreach ((float waveX, float waveY, float phase, float heightX, float heightY) in waves)
            {
                float wave = MathF.Sin((waveX * x) + (waveY * y) + phase);
                atX += heightX * wave;
                atY += heightY * wave;
            }
            return (atX, atY);
        };
    }

    private FacePoint[] LandmarksOf(int face)
    {
        FaceLandmarks inPhoto = harvest.Faces[face].Landmarks!.Value;
        return [.. inPhoto.Map(FaceAlignment.TargetToSource(inPhoto, Edge, FaceHarvest.CropSpan).Inverse()).Points];
    }

    private byte[] Bent(int face, FacePoint[] landmarks, FacePoint[]? meeting, Func<float, float, (float X, float Y)> place)
    {
        var warp = new PictureWarp(Edge, (x, y) =>
        {
            (float atX, float atY) = place(x, y);
            return meeting is null ? (atX, atY) : Pulled(atX, atY, meeting, landmarks);
        });
        return warp.Sample(harvest.Crop(face));
    }

    /// <summary>
    /// Moves a place as the landmarks around it move, the nearer ones more (Shepard, 1968). A place far from all of them stays.
    /// </summary>
    private static (float X, float Y) Pulled(float x, float y, FacePoint[] from, FacePoint[] to)
    {
        const float Softness = 64, Still = 1 / 3600f;
        float weights = Still, moveX = 0, moveY = 0;
        for (int i = 0; i < from.Length; i++)
        {
            float dx = x - from[i].X, dy = y - from[i].Y, weight = 1 / ((dx * dx) + (dy * dy) + Softness);
            weights += weight;
            moveX += weight * (to[i].X - from[i].X);
            moveY += weight * (to[i].Y - from[i].Y);
        }
        return (x + (moveX / weights), y + (moveY / weights));
    }

    /// <summary>The other face's share at each place of a crop, 0 to 255: a picture that is turned and bent as the faces are.</summary>
    private static PixelBuffer Mask(FaceMixture mixture)
    {
        const float Margin = (Edge - Face) / 2;
        var shares = new byte[Edge * Edge];
        for (int i = 0; i < shares.Length; i++)
            shares[i] = (byte)((255 * mixture.ShareAt(((i % Edge) + 0.5f - Margin) / Face, ((i / Edge) + 0.5f - Margin) / Face)) + 0.5f);
        return new PixelBuffer(Edge, Edge, PixelFormat.Gray8, shares);
    }

    /// <summary>
    /// Puts the other face in. It is first brought to the same mean and contrast, so that no edge shows where the two meet.
    /// </summary>
    private static void Mix(byte[] pixels, byte[] other, byte[] shares)
    {
        (float mean, float deviation) = Tone(pixels);
        (float otherMean, float otherDeviation) = Tone(other);
        float contrast = Math.Clamp(deviation / MathF.Max(otherDeviation, 1), 0.5f, 2);
        for (int i = 0; i < pixels.Length; i++)
        {
            float toned = ((other[i] - otherMean) * contrast) + mean;
            pixels[i] = (byte)Math.Clamp(pixels[i] + (shares[i] / 255f * (toned - pixels[i])) + 0.5f, 0, 255);
        }
    }

    private static (float Mean, float Deviation) Tone(byte[] pixels)
    {
        long sum = 0, squares = 0;
        foreach (byte pixel in pixels) (sum, squares) = (sum + pixel, squares + (pixel * pixel));
        double mean = (double)sum / pixels.Length;
        return ((float)mean, (float)Math.Sqrt(Math.Max(0, ((double)squares / pixels.Length) - (mean * mean))));
    }

    private static void Light(byte[] pixels, SeededRandom random)
    {
        float gamma = random.Factor(MaxGamma);
        float side = random.Chance(SideLightProbability) ? random.Between(0, MaxSideLight) : 0;
        (float sine, float cosine) = MathF.SinCos(random.Between(0, 2 * MathF.PI));
        Span<float> table = stackalloc float[256];
        for (int value = 0; value < table.Length; value++) table[value] = 255 * MathF.Pow(value / 255f, gamma);
        for (int y = 0; y < Edge; y++)
        {
            for (int x = 0; x < Edge; x++)
            {
                float across = (((x - (Edge / 2f)) * cosine) + ((y - (Edge / 2f)) * sine)) / (Edge / 2f);
                ref byte pixel = ref pixels[(y * Edge) + x];
                pixel = (byte)Math.Clamp((table[pixel] * (1 + (side * across))) + 0.5f, 0, 255);
            }
        }
    }
}
