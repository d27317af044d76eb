namespace DoorbellFace.Trainer.Graphs;

/// <summary>How the weights of an exported model are kept.</summary>
internal enum Precision
{
    /// <summary>As trained: 4 bytes a weight, ResNet18 takes 45 MB.</summary>
    Fp32,

    /// <summary>Half as large, widened again when the model is loaded: the same speed, an error below 1 in 1,000.</summary>
    Fp16,

    /// <summary>A quarter of the size and about three times as fast; weights and activations are rounded to 256 steps.</summary>
    Int8,
}
