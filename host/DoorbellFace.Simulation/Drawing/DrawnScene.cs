using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// What changes from one photo of a person to the next: pose, place in the frame, light, expression, clothes, background.
/// </summary>
public sealed record DrawnScene
{
    /// <summary>
    /// How far the head is turned, degrees: positive looks to the picture's right. -60 to 60; the default is straight ahead.
    /// </summary>
    public float YawDegrees { get; init => field = Dials.Within(value, -60, 60); }

    /// <summary>How far the head is raised, degrees: positive looks up. -40 to 40.</summary>
    public float PitchDegrees { get; init => field = Dials.Within(value, -40, 40); }

    /// <summary>Tilt of the whole person in the picture, clockwise; any angle, as with a camera that hangs askew.</summary>
    public Rotation Tilt { get; init; }

    /// <summary>Chin to hairline of an average grown-up head seen straight, pixels; 16 to 2000.</summary>
    public float FaceHeightPixels { get; init => field = Dials.Within(value, 16, 2000); } = 130;

    /// <summary>Where the middle of the face lies across the frame: 0 left edge, 1 right edge.</summary>
    public float CenterX { get; init => field = Dials.Within(value, -0.5f, 1.5f); } = 0.5f;

    /// <summary>Where the middle of the face lies down the frame: 0 top edge, 1 bottom edge.</summary>
    public float CenterY { get; init => field = Dials.Within(value, -0.5f, 1.5f); } = 0.5f;

    /// <summary>Where the main light comes from, degrees: -90 from the picture's left, 0 from the camera, 90 from its right.</summary>
    public float LightDegrees { get; init => field = Dials.Within(value, -90, 90); } = -30;

    /// <summary>Height of the main light, degrees above the horizon; -20 (a lamp on the ground) to 80.</summary>
    public float LightHeightDegrees { get; init => field = Dials.Within(value, -20, 80); } = 35;

    /// <summary>Strength of the main light; 0.9 lights a face well, 0 to 2.</summary>
    public float LightStrength { get; init => field = Dials.Within(value, 0, 2); } = 0.9f;

    /// <summary>Light from all around; 0.1 is dusk, 0.6 an overcast day, 0 to 1.5.</summary>
    public float AmbientLight { get; init => field = Dials.Within(value, 0, 1.5f); } = 0.45f;

    /// <summary>Colour of the light: -1 warm (lamp, evening), 0 white, 1 cool (shade).</summary>
    public float LightTint { get; init => field = Dials.Dial(value); }

    /// <summary>Mouth: 0 closed, 1 wide open.</summary>
    public float MouthOpen { get; init => field = Dials.Part(value); }

    /// <summary>-1 sulks, 0 at rest, 1 smiles broadly.</summary>
    public float Smile { get; init => field = Dials.Dial(value); }

    /// <summary>Eyelids: 0 shut, 1 wide awake.</summary>
    public float EyesOpen { get; init => field = Dials.Part(value); } = 0.85f;

    /// <summary>Where the eyes look: -1 to the picture's left, 1 to its right.</summary>
    public float GazeX { get; init => field = Dials.Dial(value); }

    /// <summary>Where the eyes look: -1 up, 1 down.</summary>
    public float GazeY { get; init => field = Dials.Dial(value); }

    /// <summary>What is behind the person.</summary>
    public Backdrop Backdrop { get; init; }

    /// <summary>Clothes.</summary>
    public DrawnColour ClothesColour { get; init; } = new(0.25f, 0.33f, 0.48f);

    /// <summary>Fixes the pattern of background and clothes; any number.</summary>
    public int Seed { get; init; }

    /// <summary>A natural scene by lot: the same arguments give the same scene on every machine.</summary>
    /// <param name="seed">Any number.</param>
    /// <param name="variation">How far pose and size may go; null for <see cref="SceneVariation.Natural"/>.</param>
    public static DrawnScene Random(int seed, SceneVariation? variation = null) => SceneLot.Draw(seed, variation ?? SceneVariation.Natural);
}
