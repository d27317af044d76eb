using DoorbellFace.Terminal;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>Computes with tensors.</summary>
internal class TorchOperations : ILayerOperations<Tensor>
{
    /// <summary>There is nothing to keep, so one is enough.</summary>
    public static TorchOperations Instance { get; } = new();

    /// <summary>Those for a training in mixed precision, or for any other.</summary>
    /// <exception cref="UserErrorException">Mixed precision is asked for, and this processor computes it wrongly.</exception>
    public static TorchOperations For(bool mixedPrecision)
    {
        if (!mixedPrecision) return Instance;
        return MixedPrecisionCheck.Complaint is { } wrong ? throw new UserErrorException(wrong) : MixedPrecisionOperations.Instance;
    }

    /// <summary>
    /// Numbers as a tensor in torch's own memory, which is aligned; elsewhere sums are taken in another order each time, and no two runs
    /// end alike.
    /// </summary>
    /// <param name="values">As many as the shape says.</param>
    /// <param name="shape">One edge may be -1, as in torch.</param>
    public static Tensor Copy(float[] values, params long[] shape) => from_array(values).reshape(shape).clone();

    /// <summary>For those that do a little more than compute.</summary>
    protected TorchOperations()
    {
    }

    /// <inheritdoc/>
    /// <remarks>
    /// A normalisation is computed here and not by its module: that one also counts its batches, and two trainings died in that call with a
    /// number that was none any more. Nothing of ours uses the count, since the momentum is fixed.
    /// </remarks>
    public virtual Tensor Layer(Module<Tensor, Tensor> layer, Tensor input) => layer switch
    {
        ReLU _ => Activate(Activation.Relu, input),
        BatchNorm { momentum: { } momentum } norm =>
            functional.batch_norm(input, norm.running_mean, norm.running_var, norm.weight, norm.bias, norm.training, momentum, norm.eps),
        _ => layer.forward(input),
    };

    /// <summary>In place where the gradient is computed from the answer: a third of a ResNet's maps need not be made at all.</summary>
    public Tensor Activate(Activation activation, Tensor input) => activation switch
    {
        Activation.Relu => input.relu_(),
        Activation.Sigmoid => input.sigmoid(),
        Activation.HardSigmoid => functional.hardsigmoid(input),
        Activation.HardSwish => functional.hardswish(input),
        Activation.Silu => functional.silu(input),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    /// <inheritdoc/>
    public Tensor AveragePool(int edge, Tensor input) => functional.adaptive_avg_pool2d(input, edge);

    /// <inheritdoc/>
    public virtual Tensor Flatten(Tensor input) => input.flatten(1);

    /// <summary>In place, too.</summary>
    public Tensor Add(Tensor one, Tensor other) => one.add_(other);

    /// <inheritdoc/>
    public Tensor Multiply(Tensor value, Tensor factor) => value * factor;

    /// <inheritdoc/>
    public Tensor Normalize(Tensor input) => functional.normalize(input, dim: 1);

    /// <inheritdoc/>
    public Tensor Concatenate(IReadOnlyList<Tensor> values) => cat([.. values], 1);

    /// <inheritdoc/>
    public void Release(Tensor value) => value.Dispose();
}
