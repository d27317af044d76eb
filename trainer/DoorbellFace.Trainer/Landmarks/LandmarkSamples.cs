using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>
/// Makes the crops that the network learns from, as a detector would hand them over: a face with its box off in place, size and angle, or
/// something that is no upright face; seen by a small gray camera. What a crop is depends on seed, step and number alone.
/// </summary>
/// <param name="faces">Faces, one or more.</param>
/// <param name="nonfaces">Pictures without faces; may be empty, and then drawn ones stand in.</param>
/// <param name="alarms">What the sweep took for faces; may be empty.</param>
/// <param name="seed">The training's seed.</param>
internal sealed class LandmarkSamples(IReadOnlyList<KnownFace> faces, IReadOnlyList<PixelBuffer> nonfaces, IReadOnlyList<FalseAlarm> alarms,
    int seed)
{
    /// <summary>Edge of the crops, in pixels.</summary>
    public const int Edge = LandmarkNetwork.Size;

    /// <summary>Parts of all crops: upright faces; then, among the others, each kind's part.</summary>
    private const float FaceShare = 0.55f, TurnedShare = 0.17f, MisplacedShare = 0.18f, AlarmShare = 0.5f, NonfaceShare = 0.1f;

    /// <summary>Part of the false alarms that are hard ones, and of the upright faces, where there are such.</summary>
    private const float HardAlarmShare = 0.5f, HardFaceShare = 0.25f;

    /// <summary>
    /// Part of the face crops whose box is off by anything that is still allowed; the others' are off as the cascade's are.
    /// </summary>
    private const float RoughShare = 0.5f;

    /// <summary>Where a photo ends: part of the crops in which something else goes on there, instead of the photo's edge pixels.</summary>
    private const float FilledShare = 0.7f;

    private static readonly AugmentationChain Camera =
        new(new RandomOcclusion(), new RandomExposure(),
            new SmallCamera(0.75f, minEdgePixels: (int)(20 * (1 + (2 * LandmarkSettings.Margin)))));

    private readonly Preprocessor _preprocessor = new(LandmarkSettings.Preprocessor);

    private readonly KnownFace[] _hardFaces = [.. faces.Where(face => face.IsHard)];

    private readonly FalseAlarm[] _hardAlarms = [.. alarms.Where(alarm => alarm.IsHard)];

    /// <summary>Makes one crop.</summary>
    /// <param name="step">Number of the step; negative ones are for measuring.</param>
    /// <param name="number">Number of the crop in the step.</param>
    /// <param name="tensor">The network's input is written here.</param>
    /// <param name="landmarks">For a face, x and y of each landmark as parts of the crop's edge are written here.</param>
    /// <returns>Whether it is a face.</returns>
    public bool Make(int step, int number, Span<float> tensor, Span<float> landmarks)
    {
        (PixelBuffer crop, FaceLandmarks? found) = Make(new SeededRandom(seed, step, number));
        _preprocessor.WriteTensor(crop, tensor);
        if (found is not { } face) return false;
        for (int i = 0; i < FaceLandmarks.Count; i++)
            (landmarks[2 * i], landmarks[(2 * i) + 1]) = (face.Points[i].X / Edge, face.Points[i].Y / Edge);
        return true;
    }

    /// <summary>Makes one crop.</summary>
    /// <returns>Gray8 of <see cref="Edge"/> pixels, and the landmarks in it when it is a face.</returns>
    public (PixelBuffer Crop, FaceLandmarks? Landmarks) Make(SeededRandom random)
    {
        if (random.Chance(FaceShare)) return Face(random);
        float kind = random.Between(0, 1);
        PixelBuffer crop;
        if ((kind -= TurnedShare) < 0) crop = Turned(random);
        else if ((kind -= MisplacedShare) < 0) crop = Misplaced(random);
        else if ((kind -= AlarmShare) < 0 && alarms.Count > 0) crop = Alarm(random);
        else if ((kind -= NonfaceShare) < 0 || alarms.Count > 0) crop = Backdrop(random);
        else crop = DrawnBackdrop.Draw(Edge, random);
        return (Camera.Apply(crop, random), null);
    }

    private (PixelBuffer Crop, FaceLandmarks? Landmarks) Face(SeededRandom random)
    {
        KnownFace face = _hardFaces.Length > 0 && random.Chance(HardFaceShare)
            ? _hardFaces[random.Below(_hardFaces.Length)]
            : AnyFace(random);
        bool rough = random.Chance(RoughShare);
        // The cascade's box is off by about a twentieth in place and size (docs/results/landmarks.md); the sweep's angle by half a step.
        FacePlace place = rough
            ? Off(face.Place, Even(PlaceLimits.FaceShift), Even(PlaceLimits.FaceShift), MathF.Pow(PlaceLimits.FaceLarger, Even(1)),
                Even(PlaceLimits.FaceDegrees))
            : Off(face.Place, Normal(0.06f, PlaceLimits.FaceShift), Normal(0.06f, PlaceLimits.FaceShift), MathF.Exp(Normal(0.08f, 0.25f)),
                Normal(8, PlaceLimits.FaceDegrees));
        AffineTransform map = place.CropToFrame(Edge, LandmarkSettings.Margin);
        bool mirrored = random.Chance(0.5f);
        if (mirrored) map = new AffineTransform(-map.A, map.B, map.Tx + (map.A * Edge), -map.C, map.D, map.Ty + (map.C * Edge));
        FaceLandmarks seen = face.Landmarks.Map(map.Inverse());
        if (mirrored) seen = new FaceLandmarks(seen.RightEye, seen.LeftEye, seen.NoseTip, seen.RightMouthCorner, seen.LeftMouthCorner);
        return (Camera.Apply(Sample(face.Gray, map, random), random), seen);

        float Even(float largest) => random.Between(-largest, largest);
        float Normal(float deviation, float largest) => Math.Clamp(deviation * random.Normal(), -largest, largest);
    }

    /// <summary>A face in its place, but lying or upside down.</summary>
    private PixelBuffer Turned(SeededRandom random)
    {
        KnownFace face = AnyFace(random);
        float degrees = random.Between(PlaceLimits.OtherDegrees, 180) * (random.Chance(0.5f) ? 1 : -1);
        return Sample(face, Off(face.Place, 0.08f * random.Normal(), 0.08f * random.Normal(), MathF.Exp(0.12f * random.Normal()), degrees),
            random);
    }

    /// <summary>Half a face, an eye, or a face far too small in its box; or what lies beside it.</summary>
    private PixelBuffer Misplaced(SeededRandom random)
    {
        KnownFace face = AnyFace(random);
        float degrees = random.Chance(0.5f) ? 15 * random.Normal() : random.Between(-180, 180), shiftX = 0, shiftY = 0, size;
        float what = random.Between(0, 1);
        if (what < 0.6f || (what < 0.85f && face.HasSurroundings))
        {
            float angle = random.Between(0, 2 * MathF.PI), far = what < 0.6f
                ? random.Between(PlaceLimits.OtherShift, 1)
                : random.Between(0.8f, 1.4f);
            (shiftX, shiftY) = (far * MathF.Cos(angle), far * MathF.Sin(angle));
            size = MathF.Exp(random.Between(-0.7f, 0.4f));
        }
        else if (what < 0.92f)
        {
            size = random.Between(0.2f, 1 / PlaceLimits.OtherLarger);
            (shiftX, shiftY) = (random.Between(-0.4f, 0.4f), random.Between(-0.4f, 0.4f));
        }
        else
        {
            size = random.Between(PlaceLimits.OtherLarger, 3);
            (shiftX, shiftY) = (random.Between(-0.4f, 0.4f), random.Between(-0.4f, 0.4f));
        }
        return Sample(face, Off(face.Place, shiftX, shiftY, size, degrees), random);
    }

    private PixelBuffer Alarm(SeededRandom random)
    {
        IReadOnlyList<FalseAlarm> some = _hardAlarms.Length > 0 && random.Chance(HardAlarmShare) ? _hardAlarms : alarms;
        FalseAlarm alarm = some[random.Below(some.Count)];
        FacePlace place =
            Off(alarm.Place, 0.06f * random.Normal(), 0.06f * random.Normal(), MathF.Exp(0.1f * random.Normal()), 8 * random.Normal());
        AffineTransform map = place.CropToFrame(Edge, LandmarkSettings.Margin);
        if (random.Chance(0.5f)) map = new AffineTransform(-map.A, map.B, map.Tx + (map.A * Edge), -map.C, map.D, map.Ty + (map.C * Edge));
        return Sample(alarm.Gray, map, random);
    }

    /// <summary>A piece of any size and angle of a picture without a face.</summary>
    private PixelBuffer Backdrop(SeededRandom random)
    {
        if (nonfaces.Count == 0 || random.Chance(0.15f)) return DrawnBackdrop.Draw(Edge, random);
        PixelBuffer picture = nonfaces[random.Below(nonfaces.Count)];
        float edge = MathF.Exp(random.Between(MathF.Log(20), MathF.Log(Math.Min(picture.Width, picture.Height))));
        var place =
            new FacePlace(random.Between(0, picture.Width), random.Between(0, picture.Height), edge,
                Rotation.FromDegrees(random.Between(-180, 180)));
        return AffineSampler.Sample(picture, place.CropToFrame(Edge, LandmarkSettings.Margin), Edge, Edge);
    }

    private KnownFace AnyFace(SeededRandom random) => faces[random.Below(faces.Count)];

    /// <summary>A place moved by parts of its edge along its own axes, made so many times larger, and turned.</summary>
    private static FacePlace Off(FacePlace place, float shiftX, float shiftY, float larger, float degrees)
    {
        (float sin, float cos) = MathF.SinCos(place.Rotation.Radians);
        return new FacePlace(
            place.CenterX + (place.Edge * ((shiftX * cos) - (shiftY * sin))),
            place.CenterY + (place.Edge * ((shiftX * sin) + (shiftY * cos))),
            place.Edge * larger,
            Rotation.FromDegrees(place.Rotation.Degrees + degrees));
    }

    private PixelBuffer Sample(KnownFace face, FacePlace place, SeededRandom random) =>
        Sample(face.Gray, place.CropToFrame(Edge, LandmarkSettings.Margin), random);

    /// <summary>
    /// Samples a photo, and where the crop reaches beyond it mostly lets another picture go on. Many photos are cut tightly round the face:
    /// smeared edges would otherwise tell the network what is a face.
    /// </summary>
    private PixelBuffer Sample(PixelBuffer photo, AffineTransform map, SeededRandom random)
    {
        PixelBuffer crop = AffineSampler.Sample(photo, map, Edge, Edge);
        if (!random.Chance(FilledShare) || Corners(map).All(corner => Inside(photo, corner.X, corner.Y))) return crop;
        PixelBuffer beyond = Backdrop(random);
        byte[] pixels = crop.Pixels.ToArray();
        for (int y = 0; y < Edge; y++)
        {
            for (int x = 0; x < Edge; x++)
            {
                (float sourceX, float sourceY) = map.Apply(x + 0.5f, y + 0.5f);
                if (!Inside(photo, sourceX, sourceY)) pixels[(y * Edge) + x] = beyond.Pixels[(y * Edge) + x];
            }
        }
        return new PixelBuffer(Edge, Edge, PixelFormat.Gray8, pixels);
    }

    private static (float X, float Y)[] Corners(AffineTransform map) =>
        [map.Apply(0.5f, 0.5f), map.Apply(Edge - 0.5f, 0.5f), map.Apply(0.5f, Edge - 0.5f), map.Apply(Edge - 0.5f, Edge - 0.5f)];

    private static bool Inside(PixelBuffer photo, float x, float y) => x >= 0 && y >= 0 && x < photo.Width && y < photo.Height;
}
