namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// What makes one drawn person differ from another. Everything that changes from photo to photo of the same person (pose, light,
/// expression, clothes, place) is in <see cref="DrawnScene"/>. Dials go from -1 over 0 (average) to 1 and throw outside that.
/// </summary>
public sealed record DrawnPerson
{
    /// <summary>Head width: -1 slender, 1 broad.</summary>
    public float HeadWidth { get; init => field = Dials.Dial(value); }

    /// <summary>Jaw: -1 pointed, 1 square.</summary>
    public float Jaw { get; init => field = Dials.Dial(value); }

    /// <summary>Chin: -1 small and receding, 1 strong.</summary>
    public float Chin { get; init => field = Dials.Dial(value); }

    /// <summary>Cheeks: -1 hollow, 1 full.</summary>
    public float Cheeks { get; init => field = Dials.Dial(value); }

    /// <summary>Childlike proportions: 0 grown up, 1 a small child (large eyes low in the face, small nose and jaw).</summary>
    public float Childlike { get; init => field = Dials.Part(value); }

    /// <summary>Wrinkles: 0 none, 1 deep.</summary>
    public float Wrinkles { get; init => field = Dials.Part(value); }

    /// <summary>Freckles: 0 none, 1 many.</summary>
    public float Freckles { get; init => field = Dials.Part(value); }

    /// <summary>Skin.</summary>
    public DrawnColour SkinColour { get; init; } = new(0.85f, 0.65f, 0.54f);

    /// <summary>Distance between the eyes: -1 close, 1 wide apart.</summary>
    public float EyeSpacing { get; init => field = Dials.Dial(value); }

    /// <summary>Eye size: -1 small, 1 large.</summary>
    public float EyeSize { get; init => field = Dials.Dial(value); }

    /// <summary>Height of the eyes in the face: -1 low, 1 high.</summary>
    public float EyeHeight { get; init => field = Dials.Dial(value); }

    /// <summary>Outer corners of the eyes: -1 hang, 1 rise.</summary>
    public float EyeSlant { get; init => field = Dials.Dial(value); }

    /// <summary>Iris.</summary>
    public DrawnColour EyeColour { get; init; } = new(0.35f, 0.22f, 0.12f);

    /// <summary>Brows: -1 fine, 1 bushy.</summary>
    public float BrowThickness { get; init => field = Dials.Dial(value); }

    /// <summary>Brows: -1 straight, 1 strongly arched.</summary>
    public float BrowArch { get; init => field = Dials.Dial(value); }

    /// <summary>Height of the brows above the eyes: -1 close, 1 far.</summary>
    public float BrowHeight { get; init => field = Dials.Dial(value); }

    /// <summary>Outer ends of the brows: -1 hang, 1 rise.</summary>
    public float BrowSlant { get; init => field = Dials.Dial(value); }

    /// <summary>Nose length: -1 short, 1 long.</summary>
    public float NoseLength { get; init => field = Dials.Dial(value); }

    /// <summary>Nose width: -1 narrow, 1 wide.</summary>
    public float NoseWidth { get; init => field = Dials.Dial(value); }

    /// <summary>How far the nose stands out: -1 flat, 1 prominent.</summary>
    public float NoseProminence { get; init => field = Dials.Dial(value); }

    /// <summary>Mouth width: -1 narrow, 1 wide.</summary>
    public float MouthWidth { get; init => field = Dials.Dial(value); }

    /// <summary>Lips: -1 thin, 1 full.</summary>
    public float LipFullness { get; init => field = Dials.Dial(value); }

    /// <summary>How much the lips stand out in colour: 0 like the skin, 1 painted red.</summary>
    public float LipColour { get; init => field = Dials.Part(value); } = 0.3f;

    /// <summary>Ears: -1 small and flat, 1 large and standing out.</summary>
    public float Ears { get; init => field = Dials.Dial(value); }

    /// <summary>Cut of the hair.</summary>
    public HairStyle HairStyle { get; init; } = HairStyle.ShortCut;

    /// <summary>Hair, and shades of it the brows and beard.</summary>
    public DrawnColour HairColour { get; init; } = new(0.25f, 0.16f, 0.1f);

    /// <summary>Hair: -1 lies flat, 1 stands full.</summary>
    public float HairVolume { get; init => field = Dials.Dial(value); }

    /// <summary>Hairline: -1 low on the forehead, 1 receding.</summary>
    public float Hairline { get; init => field = Dials.Dial(value); }

    /// <summary>Parting or sweep of the hair: -1 on the picture's left, 1 on its right, 0 in the middle.</summary>
    public float Parting { get; init => field = Dials.Dial(value); }

    /// <summary>Beard or moustache.</summary>
    public FacialHair FacialHair { get; init; }

    /// <summary>Beard or moustache colour.</summary>
    public DrawnColour FacialHairColour { get; init; } = new(0.25f, 0.16f, 0.1f);

    /// <summary>Glasses.</summary>
    public Glasses Glasses { get; init; }

    /// <summary>Frame of the glasses.</summary>
    public DrawnColour GlassesColour { get; init; } = new(0.12f, 0.1f, 0.1f);

    /// <summary>Fixes the grain of hair, freckles and skin; any number.</summary>
    public int Grain { get; init; }

    /// <summary>A person drawn by lot: the same seed gives the same person on every machine.</summary>
    public static DrawnPerson FromSeed(int seed) => PersonLot.Draw(seed);
}
