namespace DoorbellFace.Trainer.Dataset;

/// <summary>What a crop is used for.</summary>
internal enum Split
{
    /// <summary>Learning.</summary>
    Train,

    /// <summary>Choosing: the best epoch, the temperature, the thresholds.</summary>
    Validation,

    /// <summary>Measuring, once, at the end.</summary>
    Test,
}
