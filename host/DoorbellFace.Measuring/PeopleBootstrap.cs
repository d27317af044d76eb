namespace DoorbellFace.Measuring;

/// <summary>
/// 95 % intervals over people: photos of one person are no independent witnesses, so whole people are drawn again and again, with
/// replacement, from the family and from the strangers (Efron, 1979), and what lies in the middle 95 % of all draws is the interval.
/// </summary>
/// <param name="seed">Decides the draws.</param>
public sealed class PeopleBootstrap(int seed = 1)
{
    private const int Draws = 1000;

    private const double Tail = 0.025;

    /// <summary>The interval of a figure.</summary>
    /// <param name="family">The family's answers, person by person.</param>
    /// <param name="strangers">The strangers' answers, person by person; may be empty.</param>
    /// <param name="figure">The figure, of some people's answers.</param>
    public double[] Interval<T>(IReadOnlyList<T[]> family, IReadOnlyList<T[]> strangers, Func<T[], T[], double> figure)
    {
        var random = new Random(seed);
        T[] Draw(IReadOnlyList<T[]> people) => [.. Enumerable.Range(0, people.Count).SelectMany(_ => people[random.Next(people.Count)])];
        double[] figures = [.. Enumerable.Range(0, Draws).Select(_ => figure(Draw(family), Draw(strangers))).Order()];
        return [figures[(int)(Tail * Draws)], figures[Draws - 1 - (int)(Tail * Draws)]];
    }
}
