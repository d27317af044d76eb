namespace DoorbellFace.Trainer.Training;

/// <summary>
/// The learning rate of each step: it rises evenly from nearly nothing (at the start the gradients are large and point anywhere) and then
/// falls to zero along half a cosine (Loshchilov and Hutter, SGDR, 2017), or stays.
/// </summary>
/// <param name="peak">The highest rate.</param>
/// <param name="totalSteps">Steps of the whole training, 1 or more.</param>
/// <param name="warmUpShare">Part of them over which it rises.</param>
/// <param name="falls">Whether it falls afterwards.</param>
internal sealed class LearningRateSchedule(double peak, long totalSteps, double warmUpShare, bool falls = true)
{
    private readonly long _warmUpSteps = (long)(totalSteps * warmUpShare);

    /// <summary>The rate of a step.</summary>
    /// <param name="step">From 0.</param>
    public double At(long step)
    {
        if (step < _warmUpSteps) return peak * (step + 1) / (_warmUpSteps + 1);
        if (!falls) return peak;
        double progress = (double)(step - _warmUpSteps) / Math.Max(1, totalSteps - _warmUpSteps);
        return peak * 0.5 * (1 + Math.Cos(Math.PI * Math.Min(1, progress)));
    }
}
