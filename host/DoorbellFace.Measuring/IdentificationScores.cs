using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Measuring;

/// <summary>What the household says of one photo.</summary>
/// <param name="Person">Whose photo it is.</param>
/// <param name="Photo">Its path.</param>
/// <param name="IsStranger">They are not enrolled.</param>
/// <param name="Best">The most similar person; null when no face was found.</param>
/// <param name="Opinion">What the model's own classifier says to that name.</param>
public sealed record ProbeAnswer(string Person, string Photo, bool IsStranger, PersonMatch? Best,
    OpinionOnName Opinion = OpinionOnName.None)
{
    /// <summary>Whether the most similar is the right one.</summary>
    public bool IsRight => !IsStranger && Best?.Template.Person.Name == Person;

    /// <summary>Whether a name is said, at the product's own thresholds.</summary>
    public bool IsNamed => Best is { IsNegative: false } && Surplus >= 0;

    /// <summary>What is wrong with it; null for a right name and for a stranger without one.</summary>
    public IdentificationError? Error
    {
        get
        {
            IdentificationErrorKind? kind = this switch
            {
                { IsStranger: true } => IsNamed ? IdentificationErrorKind.StrangerNamed : null,
                { Best: null } => IdentificationErrorKind.NoFace,
                { IsNamed: true } => IsRight ? null : IdentificationErrorKind.WrongName,
                _ => IdentificationErrorKind.NotNamed,
            };
            return kind is { } wrong
                ? new IdentificationError(Photo, Person, wrong, Best?.Template.Person.Name, Best?.Score, Best?.Thresholds.Accept)
                : null;
        }
    }

    /// <summary>
    /// How far the likeness lies above the threshold that holds for it: agreed with, a doubt is lifted; disagreed with, no likeness is
    /// enough.
    /// </summary>
    public float Surplus => Opinion switch
    {
        OpinionOnName.Agrees => Best!.Score - Best.Thresholds.Reject,
        OpinionOnName.Disagrees => float.NegativeInfinity,
        _ => Best!.Surplus,
    };
}

/// <summary>From answers to rates.</summary>
public static class IdentificationScores
{
    private const double AllowedFpir = 0.01;

    /// <summary>Counts the answers.</summary>
    /// <param name="answers">Of everyone.</param>
    /// <param name="people">How many were enrolled.</param>
    /// <param name="threshold">Median accept threshold.</param>
    /// <param name="msPerPhoto">Time.</param>
    public static IdentificationResult Of(IReadOnlyList<ProbeAnswer> answers, int people, double threshold, double msPerPhoto)
    {
        ProbeAnswer[] probes = [.. answers.Where(answer => !answer.IsStranger)],
            strangers = [.. answers.Where(answer => answer.IsStranger)];
        var closedSet = Rate.OfSuccesses(probes.Count(probe => probe.IsRight), probes.Length);
        var tpir = Rate.OfSuccesses(probes.Count(probe => probe.IsRight && probe.IsNamed), probes.Length);
        var wrong = Rate.OfSuccesses(probes.Count(probe => !probe.IsRight && probe.IsNamed), probes.Length);
        var fpir = Rate.OfSuccesses(strangers.Count(stranger => stranger.IsNamed), strangers.Length);
        var noFace = Rate.OfSuccesses(answers.Count(answer => answer.Best is null), answers.Count);
        Rate own = AtAllowedFpir(probes, strangers, answer => answer.Surplus),
            single = AtAllowedFpir(probes, strangers, answer => answer.Best!.Score);
        return new IdentificationResult
        {
            ClosedSetAccuracy = closedSet.Value,
            Tpir = tpir.Value,
            Fpir = fpir.Value,
            Threshold = threshold,
            TpirAtFpir1Pct = own.Value,
            TpirAtFpir1PctOneThreshold = single.Value,
            WrongNameRate = wrong.Value,
            WorstStrangerFpir = strangers.Length == 0
                ? 0
                : strangers.GroupBy(stranger => stranger.Person)
                    .Max(photos => photos.Count(photo => photo.IsNamed) / (double)photos.Count()),
            NoFaceRate = noFace.Value,
            People = people,
            Probes = probes.Length,
            StrangerPhotos = strangers.Length,
            Ci95 = new Dictionary<string, double[]>
            {
                ["closed_set_accuracy"] = [closedSet.Low, closedSet.High],
                ["tpir"] = [tpir.Low, tpir.High],
                ["fpir"] = [fpir.Low, fpir.High],
                ["tpir_at_fpir_1pct"] = [own.Low, own.High],
                ["wrong_name_rate"] = [wrong.Low, wrong.High],
                ["no_face_rate"] = [noFace.Low, noFace.High],
            },
            MsPerPhoto = msPerPhoto,
            Errors = [.. answers.Select(answer => answer.Error).OfType<IdentificationError>()],
        };
    }

    /// <summary>The right names among the scores above the one that only a hundredth of the strangers' photos exceeds.</summary>
    private static Rate AtAllowedFpir(ProbeAnswer[] probes, ProbeAnswer[] strangers, Func<ProbeAnswer, float> score)
    {
        float[] highest = [.. strangers.Where(stranger => stranger.Best is not null).Select(stranger => score(stranger)).OrderDescending()];
        int allowed = (int)(AllowedFpir * strangers.Length);
        float threshold = allowed < highest.Length ? highest[allowed] : float.NegativeInfinity;
        return Rate.OfSuccesses(probes.Count(probe => probe.IsRight && score(probe) > threshold), probes.Length);
    }
}
