namespace DoorbellFace.Simulation.Drawing;

/// <summary>One of the people who live behind the virtual doorbell.</summary>
/// <param name="Name">As the doorbell says it.</param>
/// <param name="Person">How they look.</param>
public sealed record FamilyMember(string Name, DrawnPerson Person);

/// <summary>The family of the demo: four people who look the same on every machine, and for whom a model is shipped.</summary>
public static class DrawnFamily
{
    /// <summary>Anna: long brown hair, narrow face, painted lips.</summary>
    public static FamilyMember Anna { get; } = new("Anna", new DrawnPerson
    {
        Grain = 11,
        HeadWidth = -0.5f,
        Jaw = -0.5f,
        Chin = 0.1f,
        Cheeks = 0.1f,
        SkinColour = new DrawnColour(0.92f, 0.75f, 0.65f),
        EyeSpacing = 0.2f,
        EyeSize = 0.5f,
        EyeSlant = 0.6f,
        EyeColour = new DrawnColour(0.33f, 0.5f, 0.38f),
        BrowThickness = -0.4f,
        BrowArch = 0.7f,
        BrowHeight = 0.4f,
        BrowSlant = 0.4f,
        NoseLength = 0.1f,
        NoseWidth = -0.6f,
        NoseProminence = 0.1f,
        MouthWidth = 0.3f,
        LipFullness = 0.6f,
        LipColour = 0.9f,
        Ears = -0.4f,
        HairStyle = HairStyle.LongOpen,
        HairColour = new DrawnColour(0.42f, 0.25f, 0.14f),
        HairVolume = 0.4f,
        Hairline = -0.1f,
        Parting = 0.6f,
    });

    /// <summary>Ben: broad and dark, full black beard, glasses.</summary>
    public static FamilyMember Ben { get; } = new("Ben", new DrawnPerson
    {
        Grain = 22,
        HeadWidth = 0.6f,
        Jaw = 0.7f,
        Chin = 0.5f,
        Cheeks = 0.1f,
        Wrinkles = 0.15f,
        SkinColour = new DrawnColour(0.6f, 0.42f, 0.3f),
        EyeSpacing = -0.1f,
        EyeSize = -0.2f,
        EyeSlant = -0.2f,
        EyeColour = new DrawnColour(0.27f, 0.16f, 0.09f),
        BrowThickness = 0.9f,
        BrowArch = -0.4f,
        BrowHeight = -0.2f,
        NoseLength = 0.2f,
        NoseWidth = 0.7f,
        NoseProminence = 0.3f,
        MouthWidth = 0.2f,
        LipFullness = 0.4f,
        LipColour = 0.2f,
        Ears = 0.1f,
        HairStyle = HairStyle.ShortCut,
        HairColour = new DrawnColour(0.11f, 0.09f, 0.08f),
        HairVolume = 0.3f,
        Hairline = 0.1f,
        FacialHair = FacialHair.FullBeard,
        FacialHairColour = new DrawnColour(0.12f, 0.09f, 0.08f),
        Glasses = Glasses.Rectangular,
        GlassesColour = new DrawnColour(0.08f, 0.07f, 0.07f),
    });

    /// <summary>Clara: a girl with a fair fringed bob and freckles.</summary>
    public static FamilyMember Clara { get; } = new("Clara", new DrawnPerson
    {
        Grain = 33,
        HeadWidth = 0.1f,
        Jaw = -0.2f,
        Chin = -0.5f,
        Cheeks = 0.9f,
        Childlike = 0.9f,
        Freckles = 0.9f,
        SkinColour = new DrawnColour(0.95f, 0.78f, 0.68f),
        EyeSpacing = 0.1f,
        EyeSize = 0.4f,
        EyeColour = new DrawnColour(0.33f, 0.52f, 0.7f),
        BrowThickness = 0f,
        BrowArch = 0.2f,
        BrowHeight = 0.2f,
        BrowSlant = -0.3f,
        NoseLength = -0.6f,
        NoseWidth = -0.1f,
        NoseProminence = -0.3f,
        MouthWidth = -0.2f,
        LipFullness = 0.1f,
        LipColour = 0.3f,
        Ears = 0.3f,
        HairStyle = HairStyle.BobFringed,
        HairColour = new DrawnColour(0.82f, 0.64f, 0.34f),
        HairVolume = 0.2f,
    });

    /// <summary>David: an old man, bare on top, white hair at the sides and a white moustache.</summary>
    public static FamilyMember David { get; } = new("David", new DrawnPerson
    {
        Grain = 44,
        HeadWidth = 0.1f,
        Jaw = 0.2f,
        Chin = 0.3f,
        Cheeks = -0.7f,
        Wrinkles = 1f,
        SkinColour = new DrawnColour(0.88f, 0.68f, 0.58f),
        EyeSpacing = -0.4f,
        EyeSize = -0.7f,
        EyeSlant = -0.7f,
        EyeColour = new DrawnColour(0.4f, 0.5f, 0.58f),
        BrowThickness = 0.6f,
        BrowArch = 0f,
        BrowHeight = 0.1f,
        BrowSlant = -0.7f,
        NoseLength = 0.8f,
        NoseWidth = 0.3f,
        NoseProminence = 0.9f,
        MouthWidth = -0.1f,
        LipFullness = -0.7f,
        LipColour = 0.15f,
        Ears = 0.9f,
        HairStyle = HairStyle.Horseshoe,
        HairColour = new DrawnColour(0.85f, 0.84f, 0.82f),
        HairVolume = 0.3f,
        Hairline = 0.6f,
        FacialHair = FacialHair.Moustache,
        FacialHairColour = new DrawnColour(0.86f, 0.85f, 0.83f),
    });

    /// <summary>All four, by name.</summary>
    public static IReadOnlyList<FamilyMember> All { get; } = [Anna, Ben, Clara, David];
}
