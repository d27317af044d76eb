namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// A picture that no camera took, made of one or two harvested faces. What exactly it shows follows from these three numbers and the seed
/// (<see cref="ViewPainter"/>), so that its pixels need not be kept.
/// </summary>
/// <param name="Number">Its number among the views, from 0; decides everything random about it.</param>
/// <param name="Face">The harvested face it is made of.</param>
/// <param name="Other">The face it is mixed with, or <see cref="Nobody"/>.</param>
internal readonly record struct FaceView(int Number, int Face, int Other)
{
    /// <summary>In place of the other face: the view is no mixture.</summary>
    public const int Nobody = -1;

    /// <summary>Whether it lies between two faces.</summary>
    public bool IsMixture => Other != Nobody;
}
