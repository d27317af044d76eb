using System.Text.RegularExpressions;
using DoorbellFace.Core.Statistics;

namespace DoorbellFace.Measuring;

/// <summary>
/// From the answers of several seeds to figures. A photo that is asked about with three seeds counts three times, and its person once.
/// </summary>
public static partial class LookAlikeScores
{
    /// <summary>A stranger with fewer photos is not counted among the worst: one photo is all or nothing.</summary>
    private const int FewestPhotos = 5;

    private const int WorstShown = 5;

    private const double TooOften = 0.1, AllowedFpir = 0.01;

    /// <summary>Counts.</summary>
    /// <param name="seeds">For each seed the answers to family and strangers.</param>
    public static LookAlikeFigures Of(IReadOnlyList<IReadOnlyList<ProbeAnswer>> seeds)
    {
        Answer[] all = [.. seeds.SelectMany((answers, seed) => answers.Select(answer => new Answer(seed, answer)))];
        Answer[][] family = ByPerson(all.Where(answer => !answer.Probe.IsStranger)),
            strangers = ByPerson(all.Where(answer => answer.Probe.IsStranger));
        var figures = new Dictionary<string, Func<Answer[], Answer[], double>>
        {
            ["closed_set_accuracy"] = (own, _) => Share(own, answer => answer.Probe.IsRight),
            ["tpir"] = (own, _) => Share(own, answer => answer.Probe is { IsRight: true, IsNamed: true }),
            ["fpir"] = (_, others) => Share(others, answer => answer.Probe.IsNamed),
            ["wrong_name_rate"] = (own, _) => Share(own, answer => answer.Probe is { IsRight: false, IsNamed: true }),
            ["tpir_at_fpir_1pct"] = (own, others) => TpirAt(own, others, AllowedFpir),
        };
        Answer[] ownAll = [.. family.SelectMany(answers => answers)], othersAll = [.. strangers.SelectMany(answers => answers)];
        double Value(string name) => figures[name](ownAll, othersAll);
        StrangerShare[] shares = [.. strangers.Where(photos => photos.DistinctBy(answer => answer.Probe.Photo).Count() >= FewestPhotos)
            .Select(photos => new StrangerShare(photos[0].Probe.Person, photos.Length, Share(photos, answer => answer.Probe.IsNamed)))
            .OrderByDescending(stranger => stranger.Fpir)];
        return new LookAlikeFigures
        {
            ClosedSetAccuracy = Value("closed_set_accuracy"),
            Tpir = Value("tpir"),
            Fpir = Value("fpir"),
            WrongNameRate = Value("wrong_name_rate"),
            TpirAtFpir1Pct = Value("tpir_at_fpir_1pct"),
            Det = [.. DetCurve.Fpirs.Select(fpir => new DetPoint(fpir, TpirAt(ownAll, othersAll, fpir)))],
            Ci95People =
                figures.ToDictionary(figure => figure.Key, figure => new PeopleBootstrap().Interval(family, strangers, figure.Value)),
            WorstStrangers = [.. shares.Take(WorstShown)],
            StrangersAbove10Pct = shares.Count(stranger => stranger.Fpir > TooOften),
            Groups = [.. Groups(strangers, seeds.Count)],
            Probes = ownAll.Length,
            StrangerPhotos = othersAll.Length,
        };
    }

    private static Answer[][] ByPerson(IEnumerable<Answer> answers) =>
        [.. answers.GroupBy(answer => answer.Probe.Person).Select(person => person.ToArray())];

    private static double Share(Answer[] answers, Func<Answer, bool> which) =>
        answers.Length == 0 ? 0 : answers.Count(which) / (double)answers.Length;

    /// <summary>Each seed has another household with thresholds of its own, so each has its own curve; the mean of them is given.</summary>
    private static double TpirAt(Answer[] own, Answer[] others, double fpir) =>
        own.GroupBy(answer => answer.Seed).Average(seed => DetCurve.At(
        [.. seed.Select(answer => answer.Probe.IsRight ? answer.Surplus : float.NegativeInfinity)],
            [.. others.Where(answer => answer.Seed == seed.Key).Select(answer => answer.Surplus)], fpir));

    private static IEnumerable<GroupShare> Groups(Answer[][] strangers, int seeds) =>
        from stranger in strangers
        let match = GroupName().Match(stranger[0].Probe.Person)
        where match.Success
        group stranger by match.Groups[1].Value into members
        orderby members.Key
        let named = members.Sum(photos => photos.Count(answer => answer.Probe.IsNamed))
        let answers = members.Sum(photos => photos.Length)
        let rate = Rate.OfSuccesses((int)Math.Round((double)named / seeds), answers / seeds)
        select new GroupShare(members.Key, members.Count(), (double)named / answers, [rate.Low, rate.High]);

    /// <summary>female-asian of female-asian-0012.</summary>
    [GeneratedRegex(@"^((?:female|male)-[a-z]+)-\d+$")]
    private static partial Regex GroupName();

    private sealed record Answer(int Seed, ProbeAnswer Probe)
    {
        public float Surplus => Probe.Best is null ? float.NegativeInfinity : Probe.Surplus;
    }
}
