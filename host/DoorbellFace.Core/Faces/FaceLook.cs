namespace DoorbellFace.Core.Faces;

/// <summary>How the light falls on a face.</summary>
public enum FaceLight
{
    /// <summary>Nothing more is to be wished.</summary>
    Good,

    /// <summary>It is recognised less surely for it.</summary>
    RatherDark,

    /// <summary>It cannot be recognised.</summary>
    TooDark,

    /// <summary>It is recognised less surely for it.</summary>
    RatherBright,

    /// <summary>It cannot be recognised.</summary>
    TooBright,
}

/// <summary>How well something of a face is seen.</summary>
public enum SeenAs
{
    /// <summary>Nothing more is to be wished.</summary>
    Well,

    /// <summary>It counts less for it.</summary>
    Fairly,

    /// <summary>It is of no use.</summary>
    Poorly,
}

/// <summary>What somebody who sees pictures of a face would say of them first: for whoever does not see them.</summary>
/// <param name="Light">How the light falls on it.</param>
/// <param name="Size">How large it is.</param>
/// <param name="Sharpness">How sharp it is.</param>
public sealed record FaceLook(FaceLight Light, SeenAs Size, SeenAs Sharpness)
{
    /// <summary>What is to be said of some pictures of one face: each measure by its median.</summary>
    /// <param name="pictures">How well each is seen; one at least.</param>
    /// <param name="limits">What is good enough; null for <see cref="FaceQualityLimits.Recognition"/>.</param>
    public static FaceLook Of(IReadOnlyCollection<FaceQuality> pictures, FaceQualityLimits? limits = null)
    {
        if (pictures.Count == 0) throw new ArgumentException("One picture at least was expected.", nameof(pictures));
        limits ??= FaceQualityLimits.Recognition;
        float Median(Func<FaceQuality, float> measure) => pictures.Select(measure).Order().ElementAt(pictures.Count / 2);
        float light = Median(quality => quality.Brightness);
        return new FaceLook(
            LightOf(limits.Brightness.Weight(light), limits.Glare.Weight(light)),
            SeenOf(limits.EyeDistancePixels.Weight(Median(quality => quality.EyeDistancePixels))),
            SeenOf(limits.Sharpness.Weight(Median(quality => quality.Sharpness))));
    }

    private static FaceLight LightOf(float notDark, float notBright) =>
        notDark <= 0 ? FaceLight.TooDark
        : notBright <= 0 ? FaceLight.TooBright
        : notDark < 1 ? FaceLight.RatherDark
        : notBright < 1 ? FaceLight.RatherBright
        : FaceLight.Good;

    private static SeenAs SeenOf(float weight) => weight >= 1 ? SeenAs.Well : weight > 0 ? SeenAs.Fairly : SeenAs.Poorly;
}
