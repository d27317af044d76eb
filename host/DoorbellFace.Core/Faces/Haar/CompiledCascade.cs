using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DoorbellFace.Core.Faces.Haar;

/// <summary>
/// A cascade made ready for integral images of one stride: rectangles are offsets into the image. Eight neighbouring windows are judged at once
/// until one is left. Every window's sums are added in the same order, so the answer is the same on every machine.
/// </summary>
internal sealed class CompiledCascade
{
    /// <summary>Windows judged at once.</summary>
    public const int Lanes = 8;

    /// <summary>Rounding must not fail a window that reaches the threshold exactly; OpenCV's own allowance.</summary>
    private const float ThresholdAllowance = 1e-5f;

    /// <summary>For each rectangle: four offsets and the weight.</summary>
    private readonly int[] _rectangles;

    /// <summary>For each stump: threshold, value below, value above.</summary>
    private readonly float[] _values;

    /// <summary>For each stump, whether it has a third rectangle.</summary>
    private readonly bool[] _three;

    private readonly Stage[] _stages;

    public CompiledCascade(HaarCascade cascade, int stride)
    {
        var rectangles = new List<int>();
        var values = new List<float>();
        var three = new List<bool>();
        var stages = new List<Stage>();
        foreach (HaarStage stage in cascade.Stages)
        {
            stages.Add(new Stage(stage.Threshold - ThresholdAllowance, three.Count, stage.Stumps.Count, rectangles.Count));
            foreach (HaarStump stump in stage.Stumps)
            {
                three.Add(stump.Rectangles.Count == 3);
                values.AddRange([stump.Threshold, stump.Below, stump.Above]);
                foreach (HaarRectangle r in stump.Rectangles)
                {
                    int left = IntegralImage.Column(r.X, stride), right = IntegralImage.Column(r.X + r.Width, stride), top = r.Y * stride, bottom = (r.Y + r.Height) * stride;
                    rectangles.AddRange([top + left, top + right, bottom + left, bottom + right, r.Weight]);
                }
            }
        }
        (_rectangles, _values, _three, _stages) = ([.. rectangles], [.. values], [.. three], [.. stages]);
    }

    public int StageCount => _stages.Length;

    /// <summary>Judges eight windows side by side.</summary>
    /// <param name="integral">The integral image, readable 8 places beyond each window.</param>
    /// <param name="position">Index of the first window's top left corner.</param>
    /// <param name="deviation">Standard deviation times area of each window.</param>
    /// <param name="alive">Bit i: window i is to be judged.</param>
    /// <param name="minStages">Windows that pass fewer stages are of no interest.</param>
    /// <param name="passed">Gets for each window that is of interest how many stages it passed.</param>
    /// <param name="margins">Gets for each window of interest by how much it passed the last stage that it passed.</param>
    /// <returns>Bit i: window i is of interest.</returns>
    public uint Judge(ref int integral, int position, Vector256<float> deviation, uint alive, int minStages, Span<int> passed, Span<float> margins)
    {
        uint interesting = 0;
        for (int stage = 0; stage < _stages.Length; stage++)
        {
            if (BitOperations.PopCount(alive) == 1)
            {
                int lane = BitOperations.TrailingZeroCount(alive);
                return JudgeOne(ref integral, position + lane, deviation[lane], stage, minStages, ref passed[lane], ref margins[lane]) ? interesting | alive : interesting;
            }
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

    private bool JudgeOne(ref int integral, int position, float deviation, int firstStage, int minStages, ref int passed, ref float margin)
    {
        for (int stage = firstStage; stage < _stages.Length; stage++)
        {
            float over = SumOf(ref integral, position, deviation, _stages[stage]) - _stages[stage].Threshold;
            if (over < 0) return stage >= minStages;
            (passed, margin) = (stage + 1, over);
        }
        return true;
    }

    private Vector256<float> SumOf(ref int integral, int position, Vector256<float> deviation, Stage stage)
    {
        Vector256<float> sum = Vector256<float>.Zero;
        ref int rectangle = ref _rectangles[stage.FirstRectangle];
        ref float value = ref _values[3 * stage.FirstStump];
        ref int origin = ref Unsafe.Add(ref integral, position);
        foreach (bool three in _three.AsSpan(stage.FirstStump, stage.StumpCount))
        {
            Vector256<int> feature = Weighted(ref origin, ref rectangle) + Weighted(ref origin, ref Unsafe.Add(ref rectangle, 5));
            if (three) feature += Weighted(ref origin, ref Unsafe.Add(ref rectangle, 10));
            rectangle = ref Unsafe.Add(ref rectangle, three ? 15 : 10);
            Vector256<float> below = Vector256.LessThan(Vector256.ConvertToSingle(feature), deviation * value);
            sum += Vector256.ConditionalSelect(below, Vector256.Create(Unsafe.Add(ref value, 1)), Vector256.Create(Unsafe.Add(ref value, 2)));
            value = ref Unsafe.Add(ref value, 3);
        }
        return sum;
    }

    private float SumOf(ref int integral, int position, float deviation, Stage stage)
    {
        float sum = 0;
        ref int rectangle = ref _rectangles[stage.FirstRectangle];
        ref float value = ref _values[3 * stage.FirstStump];
        ref int origin = ref Unsafe.Add(ref integral, position);
        foreach (bool three in _three.AsSpan(stage.FirstStump, stage.StumpCount))
        {
            int feature = WeightedOne(ref origin, ref rectangle) + WeightedOne(ref origin, ref Unsafe.Add(ref rectangle, 5));
            if (three) feature += WeightedOne(ref origin, ref Unsafe.Add(ref rectangle, 10));
            rectangle = ref Unsafe.Add(ref rectangle, three ? 15 : 10);
            sum += feature < deviation * value ? Unsafe.Add(ref value, 1) : Unsafe.Add(ref value, 2);
            value = ref Unsafe.Add(ref value, 3);
        }
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Weighted(ref int origin, ref int rectangle)
    {
        Vector256<int> inside = Vector256.LoadUnsafe(ref origin, (nuint)rectangle) - Vector256.LoadUnsafe(ref origin, (nuint)Unsafe.Add(ref rectangle, 1))
            - Vector256.LoadUnsafe(ref origin, (nuint)Unsafe.Add(ref rectangle, 2)) + Vector256.LoadUnsafe(ref origin, (nuint)Unsafe.Add(ref rectangle, 3));
        return inside * Unsafe.Add(ref rectangle, 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WeightedOne(ref int origin, ref int rectangle) => Unsafe.Add(ref rectangle, 4) *
        (Unsafe.Add(ref origin, rectangle) - Unsafe.Add(ref origin, Unsafe.Add(ref rectangle, 1))
            - Unsafe.Add(ref origin, Unsafe.Add(ref rectangle, 2)) + Unsafe.Add(ref origin, Unsafe.Add(ref rectangle, 3)));

    private readonly record struct Stage(float Threshold, int FirstStump, int StumpCount, int FirstRectangle);
}
