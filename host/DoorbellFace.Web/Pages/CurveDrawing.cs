using System.Globalization;
using DoorbellFace.Application.Training;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>
/// How a training went, as lines over its rounds, with the places of all that is drawn, in points from the top left: always from left to
/// right, since it is a diagram and no text.
/// </summary>
/// <param name="Title">What it shows.</param>
/// <param name="Told">What can be seen on it, as a sentence.</param>
/// <param name="Lines">The points of each line, the last of the pictures for choosing.</param>
/// <param name="Heights">Where the values on the left stand, and what they are.</param>
/// <param name="Rounds">Where the rounds below stand, and which they are.</param>
/// <param name="Kept">The place of what was kept; null when that is not known.</param>
public sealed record CurveDrawing(string Title, string Told, IReadOnlyList<IReadOnlyList<(double X, double Y)>> Lines,
    IReadOnlyList<(double Y, string Text)> Heights, IReadOnlyList<(double X, string Text)> Rounds, (double X, double Y)? Kept)
{
    /// <summary>Its size in points.</summary>
    public const int Width = 384, Height = 212;

    /// <summary>The edges within which lines are drawn.</summary>
    public const int Left = 64, Right = 370, Top = 12, Bottom = 176;

    private static readonly int[] RoundDigits = [1, 2, 5, 10];

    /// <summary>The loss over both kinds of pictures.</summary>
    /// <param name="rounds">One at least.</param>
    /// <param name="best">The round that was kept, from 1; 0 when that is not known.</param>
    /// <param name="words">The words.</param>
    public static CurveDrawing OfLoss(IReadOnlyList<TrainingRound> rounds, int best, PageWords words)
    {
        double[] learning = [.. rounds.Select(round => round.TrainLoss)], choosing = [.. rounds.Select(round => round.ValidationLoss)];
        string Figure(double loss) => words.Figure(loss, digits: 2);
        string told = words.Count(Phrase.CurveLossTold, rounds.Count, ("first", Figure(learning[0])), ("last", Figure(learning[^1])),
            ("choosing_first", Figure(choosing[0])), ("choosing_last", Figure(choosing[^1])));
        return Of(words[Phrase.CurveLoss], told, [learning, choosing], RoundUp(learning.Concat(choosing).Max()), best, Figure);
    }

    /// <summary>The share of the pictures for choosing that it had right.</summary>
    /// <inheritdoc cref="OfLoss" path="/param"/>
    public static CurveDrawing OfRight(IReadOnlyList<TrainingRound> rounds, int best, PageWords words)
    {
        double[] right = [.. rounds.Select(round => round.ValidationAccuracy)];
        string told = words.Count(Phrase.CurveRightTold, rounds.Count, ("first", words.Percent(right[0])),
            ("last", words.Percent(right[^1])), ("kept", words.Percent(right.ElementAtOrDefault(best - 1))));
        return Of(words[Phrase.CurveRight], told, [right], 1, best, words.Percent);
    }

    /// <summary>A line's points as the drawing takes them.</summary>
    public static string Points(IReadOnlyList<(double X, double Y)> line) =>
        string.Join(' ', line.Select(point => $"{Place(point.X)},{Place(point.Y)}"));

    /// <summary>A place as the drawing takes it.</summary>
    public static string Place(double place) => place.ToString("0.#", CultureInfo.InvariantCulture);

    private static CurveDrawing Of(
        string title, string told, double[][] lines, double top, int best, Func<double, string> figure)
    {
        int rounds = lines[0].Length;
        double X(int index) => rounds == 1 ? (Left + Right) / 2.0 : Left + ((Right - Left) * index / (rounds - 1.0));
        double Y(double value) => Bottom - ((Bottom - Top) * Math.Clamp(value / top, 0, 1));
        int[] named = [.. new[] { 0, (rounds - 1) / 2, rounds - 1 }.Distinct()];
        return new CurveDrawing(
            title, told, [.. lines.Select(line => line.Select((value, index) => (X(index), Y(value))).ToArray())],
            [.. new[] { 0, top / 2, top }.Select(value => (Y(value), figure(value)))],
            [.. named.Select(index => (X(index), (index + 1).ToString(CultureInfo.InvariantCulture)))],
            best >= 1 && best <= rounds ? (X(best - 1), Y(lines[^1][best - 1])) : null);
    }

    /// <summary>A round number that is not smaller: 1, 2 or 5 and noughts.</summary>
    private static double RoundUp(double value)
    {
        if (!(value > 0) || !double.IsFinite(value)) return 1;
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return power * RoundDigits.First(digit => value <= digit * power * (1 + 1e-9));
    }
}
