namespace DoorbellFace.Trainer.Network;

/// <summary>The functions that networks put between their layers, each applied to every number by itself.</summary>
internal enum Activation
{
    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>1 / (1 + e^-x).</summary>
    Sigmoid,

    /// <summary>The sigmoid made of straight lines: clamp(x / 6 + 1/2, 0, 1).</summary>
    HardSigmoid,

    /// <summary>x times its hard sigmoid (Howard et al., Searching for MobileNetV3, 2019).</summary>
    HardSwish,

    /// <summary>x times its sigmoid.</summary>
    Silu,
}
