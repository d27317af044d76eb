using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>Draws natural scenes by lot.</summary>
internal static class SceneLot
{
    private const int Purpose = 2;

    public static DrawnScene Draw(int seed, SceneVariation variation)
    {
        var lot = new SeededRandom(seed, Purpose);
        float scale = variation.FrameHeight / 240f;
        float low = MathF.Min(variation.SmallestFacePixels, variation.LargestFacePixels);
        float high = MathF.Max(variation.SmallestFacePixels, variation.LargestFacePixels);
        float face = lot.Between(low, high) * scale;
        // The box round the face stays inside the frame, or the detector could not be blamed for missing it.
        float halfBox = face * (RenderedFace.BoxEdgePerFaceHeight / 2) * 1.3f;
        float lightDegrees = lot.Between(-75, 75);
        bool smiles = lot.Chance(0.55f);
        bool talks = lot.Chance(0.25f);
        return new DrawnScene
        {
            YawDegrees = lot.Between(-variation.YawDegrees, variation.YawDegrees),
            PitchDegrees = lot.Between(-variation.PitchDegrees, variation.PitchDegrees),
            Tilt = Rotation.FromDegrees(lot.Between(-variation.TiltDegrees, variation.TiltDegrees)),
            FaceHeightPixels = face,
            CenterX = Place(lot, halfBox / variation.FrameWidth, 0.22f, 0.5f),
            CenterY = Place(lot, halfBox / variation.FrameHeight, 0.14f, 0.48f),
            LightDegrees = lightDegrees,
            LightHeightDegrees = lot.Between(5, 60),
            // Hard light straight from the side happens at a door, but not often: walls and sky on the other side soften it.
            LightStrength = lot.Between(0.35f, 0.95f) * (1 - (0.35f * MathF.Abs(lightDegrees) / 75)),
            AmbientLight = lot.Between(0.32f, 0.64f),
            LightTint = lot.Dial(),
            MouthOpen = talks ? lot.Between(0.1f, 0.7f) : 0,
            Smile = smiles ? lot.Between(0.2f, 1f) : lot.Between(-0.35f, 0.25f),
            EyesOpen = lot.Between(0.6f, 1f),
            GazeX = lot.Dial() * 0.6f,
            GazeY = lot.Dial() * 0.4f,
            Backdrop = lot.Pick<Backdrop>([Backdrop.Wall, Backdrop.Bricks, Backdrop.DoorFrame, Backdrop.Foliage, Backdrop.Street]),
            ClothesColour = new DrawnColour(lot.Between(0.1f, 0.85f), lot.Between(0.1f, 0.8f), lot.Between(0.1f, 0.85f)),
            Seed = lot.Integer(),
        };
    }

    /// <summary>
    /// Somewhere round <paramref name="middle"/>, with at least <paramref name="room"/> to both edges where that is possible.
    /// </summary>
    private static float Place(SeededRandom lot, float room, float spread, float middle)
    {
        float place = middle + lot.Between(-spread, spread);
        return room >= 0.5f ? 0.5f : Math.Clamp(place, room, 1 - room);
    }
}
