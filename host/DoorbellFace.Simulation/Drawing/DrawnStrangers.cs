namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// People outside the family, as many as wanted. Those a model is trained with, those it is measured with, and those who ring in the demo
/// come from separate ranges of seeds, so that no model meets at the door a stranger it has learnt from.
/// </summary>
public static class DrawnStrangers
{
    /// <summary>People in each range.</summary>
    public const int RangeLength = 1_000_000;

    /// <summary>First seed of the strangers that models may be trained with.</summary>
    public const int FirstTrainingSeed = 1_000_000;

    /// <summary>First seed of the strangers that models are measured with.</summary>
    public const int FirstMeasuringSeed = 2_000_000;

    /// <summary>First seed of the strangers who ring at the virtual doorbell.</summary>
    public const int FirstVisitorSeed = 3_000_000;

    /// <summary>First seed of the people of other families, for trials that need more names than the demo's family has.</summary>
    public const int FirstOtherFamilySeed = 4_000_000;

    /// <summary>A stranger to train with.</summary>
    /// <param name="index">0 to <see cref="RangeLength"/> - 1.</param>
    public static DrawnPerson ForTraining(int index) => At(FirstTrainingSeed, index);

    /// <summary>A stranger to measure with.</summary>
    /// <param name="index">0 to <see cref="RangeLength"/> - 1.</param>
    public static DrawnPerson ForMeasuring(int index) => At(FirstMeasuringSeed, index);

    /// <summary>A stranger who rings.</summary>
    /// <param name="index">0 to <see cref="RangeLength"/> - 1.</param>
    public static DrawnPerson Visitor(int index) => At(FirstVisitorSeed, index);

    /// <summary>Someone who lives behind another doorbell.</summary>
    /// <param name="index">0 to <see cref="RangeLength"/> - 1.</param>
    public static DrawnPerson OfAnotherFamily(int index) => At(FirstOtherFamilySeed, index);

    private static DrawnPerson At(int first, int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, RangeLength);
        return DrawnPerson.FromSeed(first + index);
    }
}
