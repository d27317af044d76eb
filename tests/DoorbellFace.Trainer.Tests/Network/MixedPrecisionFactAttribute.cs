using DoorbellFace.Trainer.Network;

namespace DoorbellFace.Trainer.Tests.Network;

/// <summary>A test that needs a processor on which torch computes convolutions of 16 bits rightly.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MixedPrecisionFactAttribute : FactAttribute
{
    /// <summary>Skips the test on any other processor.</summary>
    public MixedPrecisionFactAttribute() => Skip = MixedPrecisionCheck.Complaint;
}

/// <summary>The same for a test with rows.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MixedPrecisionTheoryAttribute : TheoryAttribute
{
    /// <summary>Skips the test on any other processor.</summary>
    public MixedPrecisionTheoryAttribute() => Skip = MixedPrecisionCheck.Complaint;
}
