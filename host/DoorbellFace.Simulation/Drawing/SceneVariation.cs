namespace DoorbellFace.Simulation.Drawing;

/// <summary>How far scenes drawn by lot may differ in pose and size. Each is drawn evenly between its ends.</summary>
public sealed record SceneVariation
{
    /// <summary>
    /// How visitors stand before a door: turned up to 25, raised or lowered up to 12, tilted up to 10 degrees; faces of 70 to 170 pixels.
    /// </summary>
    public static SceneVariation Natural { get; } = new();

    /// <summary>Visitors who look at the door they ring at, from a step away: faces of 95 to 150 pixels.</summary>
    public static SceneVariation Visiting { get; } = new()
    {
        YawDegrees = 12, PitchDegrees = 6, SmallestFacePixels = 95, LargestFacePixels = 150,
    };

    /// <summary>Largest turn to either side, degrees, 0 to 60.</summary>
    public float YawDegrees { get; init => field = Dials.Within(value, 0, 60); } = 25;

    /// <summary>Largest raise or drop of the head, degrees, 0 to 40.</summary>
    public float PitchDegrees { get; init => field = Dials.Within(value, 0, 40); } = 12;

    /// <summary>Largest tilt to either side, degrees, 0 to 180.</summary>
    public float TiltDegrees { get; init => field = Dials.Within(value, 0, 180); } = 10;

    /// <summary>Smallest face, chin to hairline in pixels, for a frame of 240 rows; larger frames get larger faces.</summary>
    public float SmallestFacePixels { get; init => field = Dials.Within(value, 16, 400); } = 70;

    /// <summary>Largest face, chin to hairline in pixels, for a frame of 240 rows.</summary>
    public float LargestFacePixels { get; init => field = Dials.Within(value, 16, 400); } = 170;

    /// <summary>Rows of the frame that the faces are to be drawn into.</summary>
    public int FrameHeight { get; init => field = (int)Dials.Within(value, 16, 4000); } = 240;

    /// <summary>Columns of that frame.</summary>
    public int FrameWidth { get; init => field = (int)Dials.Within(value, 16, 4000); } = 320;
}
