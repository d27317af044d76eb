namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// The shape of a cut: how far down the hair reaches at every azimuth (0 degrees in front, 180 behind), how thick it is, how it falls.
/// </summary>
internal sealed class HairForm
{
    private static readonly Profile StraightFall = new((-0.2f, 0f), (0.3f, 0.06f), (0.8f, 0.18f), (1.3f, 0.3f), (1.8f, 0.4f));

    private HairForm(Profile edge, float end, float top, float side)
    {
        Edge = edge;
        End = end;
        Top = top;
        Side = side;
    }

    /// <summary>Lowest hair at an azimuth in degrees, 0 to 180.</summary>
    public Profile Edge { get; }

    /// <summary>Lowest hair anywhere.</summary>
    public float End { get; }

    /// <summary>Thickness over the crown.</summary>
    public float Top { get; }

    /// <summary>Thickness at the sides.</summary>
    public float Side { get; }

    /// <summary>Whether the hair hangs free below the ears instead of following the head.</summary>
    public bool Hangs => End > 0.75f;

    /// <summary>How much the edge on one side of the parting is lower than on the other.</summary>
    public float Sweep { get; private init; }

    /// <summary>Height of curls above and below the shell.</summary>
    public float Curl { get; private init; }

    /// <summary>How ragged the edge is.</summary>
    public float Ragged { get; private init; } = 0.035f;

    /// <summary>Whether the crown is bare.</summary>
    public bool BareTop { get; private init; }

    /// <summary>The cut of a person, or null for a bald one.</summary>
    public static HairForm? Of(DrawnPerson person, FaceProportions face)
    {
        float line = face.HairlineY, full = 1 + (0.45f * person.HairVolume), recede = MathF.Max(0, person.Hairline);
        float temple = line + 0.1f - (0.12f * recede);
        var cropped =
            new Profile((0, line), (30, temple - (0.1f * recede)), (48, -0.42f - (0.1f * recede)), (60, -0.12f), (74, 0.16f), (92, 0.08f),
                (118, 0.42f), (180, 0.6f));
        float brow = face.BrowY - 0.14f;
        var fringe =
            new Profile((0, brow - 0.03f), (28, brow - 0.02f), (48, brow + 0.02f), (60, 0.02f), (74, 0.22f), (92, 0.12f), (118, 0.45f),
                (180, 0.66f));
        return person.HairStyle switch
        {
            HairStyle.Bald => null,
            HairStyle.Horseshoe => new HairForm(cropped, 0.64f, 0.05f, 0.075f * full) { BareTop = true, Ragged = 0.06f },
            HairStyle.Cropped => new HairForm(cropped, 0.64f, 0.04f, 0.03f) { Ragged = 0.025f },
            HairStyle.ShortCut => new HairForm(cropped, 0.66f, 0.15f * full, 0.07f * full),
            HairStyle.Swept => new HairForm(cropped, 0.66f, 0.16f * full, 0.07f * full) { Sweep = 0.2f },
            HairStyle.Fringe => new HairForm(fringe, 0.72f, 0.12f * full, 0.09f * full) { Ragged = 0.07f },
            HairStyle.BobOpen => new HairForm(Open(line, 0.98f), 0.98f, 0.12f * full, 0.13f * full) { Sweep = 0.12f },
            HairStyle.BobFringed => new HairForm(Hanging(brow, 0.92f), 0.92f, 0.12f * full, 0.14f * full) { Ragged = 0.05f },
            HairStyle.LongOpen => new HairForm(Open(line, 1.8f), 1.8f, 0.11f * full, 0.13f * full) { Sweep = 0.11f },
            HairStyle.LongFringed => new HairForm(Hanging(brow, 1.75f), 1.75f, 0.11f * full, 0.13f * full) { Ragged = 0.06f },
            HairStyle.Bun => new HairForm(cropped, 0.66f, 0.06f, 0.05f),
            HairStyle.Curly => new HairForm(cropped, 0.7f, 0.3f * full, 0.26f * full) { Curl = 0.05f, Ragged = 0.1f },
            _ => throw new ArgumentOutOfRangeException(nameof(person), person.HairStyle, "Unknown hair style."),
        };
    }

    /// <summary>How far hanging hair stands off the line of the head at a height.</summary>
    public float Fall(float y) => Hangs ? StraightFall[y] : 0;

    private static Profile Open(float line, float end) =>
        new((0, line), (22, line + 0.03f), (38, line + 0.16f), (52, -0.2f), (62, 0.08f), (70, end), (180, end));

    private static Profile Hanging(float brow, float end) =>
        new((0, brow - 0.03f), (30, brow - 0.02f), (48, brow + 0.02f), (62, 0.02f), (70, end), (180, end));
}
