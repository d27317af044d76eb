namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Draws people by lot: independent features, with the few ties that make a face believable (age and gray hair, beard and brows).
/// </summary>
internal static class PersonLot
{
    private const int Purpose = 1;

    private static readonly DrawnColour[] Skins =
    [
        new(0.95f, 0.79f, 0.7f), new(0.91f, 0.73f, 0.62f), new(0.86f, 0.67f, 0.54f), new(0.79f, 0.59f, 0.45f),
        new(0.68f, 0.48f, 0.35f), new(0.56f, 0.38f, 0.27f), new(0.45f, 0.3f, 0.22f),
    ];

    private static readonly DrawnColour[] FairHair =
        [new(0.88f, 0.74f, 0.46f), new(0.72f, 0.55f, 0.32f), new(0.67f, 0.32f, 0.16f), new(0.45f, 0.29f, 0.17f), new(0.3f, 0.19f, 0.12f)];

    private static readonly DrawnColour[] DarkHair = [new(0.13f, 0.1f, 0.09f), new(0.2f, 0.13f, 0.09f), new(0.31f, 0.2f, 0.13f)];

    private static readonly DrawnColour[] GrayHair = [new(0.62f, 0.61f, 0.6f), new(0.83f, 0.82f, 0.8f), new(0.47f, 0.45f, 0.43f)];

    private static readonly DrawnColour[] Irises =
        [new(0.3f, 0.19f, 0.1f), new(0.42f, 0.27f, 0.13f), new(0.33f, 0.48f, 0.63f), new(0.38f, 0.5f, 0.38f), new(0.45f, 0.52f, 0.55f)];

    private static readonly DrawnColour[] Frames =
        [new(0.09f, 0.08f, 0.08f), new(0.4f, 0.2f, 0.12f), new(0.55f, 0.12f, 0.14f), new(0.2f, 0.25f, 0.42f)];

    public static DrawnPerson Draw(int seed)
    {
        var lot = new SeededRandom(seed, Purpose);
        bool child = lot.Chance(0.15f), old = !child && lot.Chance(0.25f), feminine = lot.Chance(0.5f);
        float skin = lot.Unit() * (Skins.Length - 1.001f);
        DrawnColour skinColour = Skins[(int)skin].MixedWith(Skins[(int)skin + 1], skin - (int)skin);
        bool gray = old && lot.Chance(0.8f);
        DrawnColour hair = gray ? lot.Pick<DrawnColour>(GrayHair) : skin > 2.6f || lot.Chance(0.3f)
            ? lot.Pick<DrawnColour>(DarkHair)
            : lot.Pick<DrawnColour>(FairHair);
        // Dark hair turns steel gray before it turns white.
        if (gray && skin > 3) hair = hair.MixedWith(DarkHair[0], 0.45f);
        FacialHair facialHair = feminine || child || lot.Chance(0.5f)
            ? FacialHair.None
            : lot.Pick<FacialHair>([FacialHair.Stubble, FacialHair.Moustache, FacialHair.Goatee, FacialHair.FullBeard]);
        float tendency = feminine ? -0.35f : 0.3f;
        return new DrawnPerson
        {
            Grain = lot.Integer(),
            HeadWidth = lot.Dial(),
            Jaw = Leaning(lot, tendency),
            Chin = Leaning(lot, tendency),
            Cheeks = lot.Dial(),
            Childlike = child ? lot.Between(0.55f, 1f) : feminine ? lot.Between(0, 0.25f) : 0,
            Wrinkles = old ? lot.Between(0.5f, 1f) : child ? 0 : lot.Between(0, 0.3f),
            Freckles = skin < 2.5f && lot.Chance(0.25f) ? lot.Between(0.3f, 1f) : 0,
            SkinColour = skinColour,
            EyeSpacing = lot.Dial(),
            EyeSize = lot.Dial(),
            EyeHeight = lot.Dial(),
            EyeSlant = lot.Dial(),
            EyeColour = skin > 3f ? lot.Pick<DrawnColour>(Irises.AsSpan(0, 2)) : lot.Pick<DrawnColour>(Irises),
            BrowThickness = Leaning(lot, tendency),
            BrowArch = Leaning(lot, -tendency),
            BrowHeight = lot.Dial(),
            BrowSlant = lot.Dial(),
            NoseLength = lot.Dial(),
            NoseWidth = lot.Dial(),
            NoseProminence = lot.Dial(),
            MouthWidth = lot.Dial(),
            LipFullness = Leaning(lot, -tendency),
            LipColour = feminine && !child ? lot.Between(0.2f, 1f) : lot.Between(0.1f, 0.35f),
            Ears = lot.Dial(),
            HairStyle = StyleFor(lot, feminine, child, old),
            HairColour = hair,
            HairVolume = lot.Dial(),
            Hairline = Leaning(lot, old && !feminine ? 0.5f : -0.1f),
            Parting = lot.Between(-1, 1),
            FacialHair = facialHair,
            FacialHairColour = hair.MixedWith(new DrawnColour(0.16f, 0.11f, 0.08f), gray ? 0 : 0.3f),
            Glasses = lot.Chance(0.25f) ? lot.Pick<Glasses>([Glasses.Round, Glasses.Rectangular]) : Glasses.None,
            GlassesColour = lot.Pick<DrawnColour>(Frames),
        };
    }

    private static HairStyle StyleFor(SeededRandom lot, bool feminine, bool child, bool old)
    {
        if (feminine)
        {
            return lot.Pick<HairStyle>(
            [
                HairStyle.LongOpen, HairStyle.LongOpen, HairStyle.LongFringed, HairStyle.BobOpen, HairStyle.BobFringed, HairStyle.Bun,
                    HairStyle.Swept, HairStyle.Curly,
            ]);
        }
        if (child)
            return lot.Pick<HairStyle>([HairStyle.ShortCut, HairStyle.Fringe, HairStyle.Fringe, HairStyle.Swept, HairStyle.Cropped,
                HairStyle.Curly]);
        return old
            ? lot.Pick<HairStyle>([HairStyle.Bald, HairStyle.Horseshoe, HairStyle.Horseshoe, HairStyle.ShortCut, HairStyle.Swept])
            : lot.Pick<HairStyle>([HairStyle.ShortCut, HairStyle.ShortCut, HairStyle.Swept, HairStyle.Cropped, HairStyle.Fringe,
                HairStyle.Bald, HairStyle.Curly, HairStyle.LongOpen]);
    }

    private static float Leaning(SeededRandom lot, float tendency) => Math.Clamp(lot.Dial() + tendency, -1f, 1f);
}
