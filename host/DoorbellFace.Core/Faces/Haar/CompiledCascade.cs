using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// A cascade made ready for one integral image: rectangles are offsets into the image. Eight neighbouring windows are judged at once, also
/// when only one of them is left: one by itself takes longer. Every window's sums are added in the same order, so the answer is the same on
/// every machine.
/// </summary>
internal sealed class CompiledCascade
{
    /// <summary>Windows judged at once.</summary>
    public const int Lanes = 8;

    /// <summary>Rounding must not fail a window that reaches the threshold exactly; OpenCV's own allowance.</summary>
    private const float ThresholdAllowance = 1e-5f;

    /// <summary>Kinds of features; see <see cref="Compile"/>.</summary>
    private const int Edge = 0, TwoRectangles = 2, ThreeRectangles = 3;

    /// <summary>For each stump its kind, then its offsets and weights.</summary>
    private readonly int[] _features;

    /// <summary>For each stump: threshold, value below, value above.</summary>
    private readonly float[] _values;

    private readonly Stage[] _stages;

    public CompiledCascade(HaarCascade cascade, IntegralImage integral)
    {
        var features = new List<int>();
        var values = new List<float>();
        var stages = new List<Stage>();
        foreach (HaarStage stage in cascade.Stages)
        {
            stages.Add(new Stage(stage.Threshold - ThresholdAllowance, stage.Stumps.Count, features.Count, values.Count));
            foreach (HaarStump stump in stage.Stumps)
            {
                values.AddRange([stump.Threshold, stump.Below, stump.Above]);
                features.AddRange(Compile(stump.Rectangles, integral));
            }
        }
        (_features, _values, _stages) = ([.. features], [.. values], [.. stages]);
    }

    /// <summary>Judges eight windows side by side.</summary>
    /// <param name="integral">The integral image, readable 8 places beyond each window.</param>
    /// <param name="position">Index of the first window's top left corner.</param>
    /// <param name="deviation">Standard deviation times area of each window.</param>
    /// <param name="alive">Bit i: window i is to be judged.</param>
    /// <param name="minStages">Windows that pass fewer stages are of no interest.</param>
    /// <param name="passed">Gets for each window that is of interest how many stages it passed.</param>
    /// <param name="margins">Gets for each window of interest by how much it passed the last stage that it passed.</param>
    /// <returns>Bit i: window i is of interest.</returns>
    public uint Judge(ref int integral, int position, Vector256<float> deviation, uint alive, int minStages, Span<int> passed,
        Span<float> margins)
    {
        uint interesting = 0;
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            Vector256<float> margin = SumOf(ref integral, position, deviation, _stages[stage]) - Vector256.Create(_stages[stage].Threshold);
            alive &= Vector256.GreaterThanOrEqual(margin, Vector256<float>.Zero).ExtractMostSignificantBits();
            if (alive == 0) return interesting;
            if (stage + 1 < minStages) continue;
            interesting |= alive;
            for (uint left = alive; left != 0; left &= left - 1)
            {
                int lane = BitOperations.TrailingZeroCount(left);
                (passed[lane], margins[lane]) = (stage + 1, margin[lane]);
            }
        }
        return interesting;
    }

    private Vector256<float> SumOf(ref int integral, int position, Vector256<float> deviation, Stage stage)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        ref int feature = ref _features[stage.FirstFeature];
        ref float value = ref _values[stage.FirstValue];
        ref int origin = ref Unsafe.Add(ref integral, position);
        for (int i = 0; i < stage.StumpCount; i++)
        {
            Vector256<int> response;
            if (feature == Edge)
            {
                Vector256<int> once = Load(ref origin, ref feature, 1) + Load(ref origin, ref feature, 2) - Load(ref origin, ref feature, 3)
                    - Load(ref origin, ref feature, 4);
                Vector256<int> twice = Load(ref origin, ref feature, 5) - Load(ref origin, ref feature, 6);
                response = once + twice + twice;
            }
            else
            {
                response = Weighted(ref origin, ref feature, 1) + Weighted(ref origin, ref feature, 6);
                if (feature == ThreeRectangles) response += Weighted(ref origin, ref feature, 11);
            }
            feature = ref Unsafe.Add(ref feature, Length(feature));
            Vector256<float> below = Vector256.LessThan(Vector256.ConvertToSingle(response), deviation * value);
            sum += Vector256.ConditionalSelect(below, Vector256.Create(Unsafe.Add(ref value, 1)),
                Vector256.Create(Unsafe.Add(ref value, 2)));
            value = ref Unsafe.Add(ref value, 3);
        }
        return sum;
    }

    /// <summary>
    /// Two rectangles, one half of the other and counted twice against it, have six corners left, which is what most features are:
    /// two added, two taken away, and one of each twice. Others keep four corners and a weight for each rectangle.
    /// </summary>
    private static int[] Compile(IReadOnlyList<HaarRectangle> rectangles, IntegralImage integral)
    {
        var corners = new SortedDictionary<int, int>();
        int[] general = [rectangles.Count == 3 ? ThreeRectangles : TwoRectangles, .. rectangles.SelectMany(Corners)];
        foreach (HaarRectangle r in rectangles)
        {
            int[] offsets = Corners(r);
            int[] signs = [1, -1, -1, 1];
            for (int i = 0; i < signs.Length; i++) corners[offsets[i]] = corners.GetValueOrDefault(offsets[i]) + (signs[i] * r.Weight);
        }
        int[] With(int weight) => [.. corners.Where(corner => corner.Value == weight).Select(corner => corner.Key)];
        int[] edge = [Edge, .. With(1), .. With(-1), .. With(2), .. With(-2)];
        return edge.Length == 7 && corners.Values.Count(weight => weight != 0) == 6 && With(1).Length == 2 && With(2).Length == 1
            && With(-1).Length == 2 ? edge : general;

        int[] Corners(HaarRectangle r)
        {
            int left = integral.Column(r.X), right = integral.Column(r.X + r.Width), top = r.Y * integral.Stride,
                bottom = (r.Y + r.Height) * integral.Stride;
            return [top + left, top + right, bottom + left, bottom + right, r.Weight];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Length(int kind) => kind == Edge ? 7 : kind == TwoRectangles ? 11 : 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Load(ref int origin, ref int feature, int index) =>
        Vector256.LoadUnsafe(ref origin, (nuint)Unsafe.Add(ref feature, index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Weighted(ref int origin, ref int feature, int index) => Unsafe.Add(ref feature, index + 4) *
        (Load(ref origin, ref feature, index) - Load(ref origin, ref feature, index + 1) - Load(ref origin, ref feature, index + 2)
            + Load(ref origin, ref feature, index + 3));

    private readonly record struct Stage(float Threshold, int StumpCount, int FirstFeature, int FirstValue);
}
