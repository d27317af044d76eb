using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Says of a small gray crop whether it is an upright face, and where its landmarks are. Four convolutions that halve the picture, a
/// residual block after the second and the third, then one hidden layer that sees every place: where a landmark is, is a question about
/// places, which a mean over all of them would forget. About 10 million multiplications for a face.
/// </summary>
internal sealed class LandmarkNetwork : Module<Tensor, (Tensor Face, Tensor Landmarks)>
{
    /// <summary>Edge of the input in pixels.</summary>
    public const int Size = 56;

    /// <summary>Numbers that say where the landmarks are: x and y of five.</summary>
    public const int Coordinates = 10;

    /// <summary>Channels and edge of the last feature maps, and numbers in the hidden layer.</summary>
    private const int LastChannels = 96, LastEdge = 4, Hidden = 128;

    /// <summary>
    /// The convolutions in their order: channels in and out, and the step, 2 to halve the picture. Where <c>Carries</c> is set, what came
    /// into the convolution before is added to what comes out of this one.
    /// </summary>
    private static readonly (int Input, int Output, int Stride, bool Carries)[] Shapes =
    [
        (1, 16, 2, false), (16, 32, 2, false), (32, 32, 1, false), (32, 32, 1, true), (32, 64, 2, false), (64, 64, 1, false),
            (64, 64, 1, true), (64, LastChannels, 2, false),
    ];

    private readonly Conv2d[] _convolutions;
    private readonly BatchNorm2d[] _normalizations;
    private readonly Linear _hidden, _face, _landmarks;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="meanLandmarks">Where landmarks are on average, x and y in turn, as parts of the edge: the answer that training starts
    /// from.</param>
    public LandmarkNetwork(IReadOnlyList<float> meanLandmarks)
        : base(nameof(LandmarkNetwork))
    {
        _convolutions =
            [.. Shapes.Select(shape => Conv2d(shape.Input, shape.Output, kernel_size: 3, stride: shape.Stride, padding: 1, bias: false))];
        _normalizations = [.. Shapes.Select(shape => BatchNorm2d(shape.Output))];
        _hidden = Linear(LastChannels * LastEdge * LastEdge, Hidden);
        _face = Linear(Hidden, 1);
        _landmarks = Linear(Hidden, Coordinates);
        for (int i = 0; i < Shapes.Length; i++)
        {
            register_module($"conv{i + 1}", _convolutions[i]);
            register_module($"bn{i + 1}", _normalizations[i]);
        }
        register_module("hidden", _hidden);
        register_module("face", _face);
        register_module("landmarks", _landmarks);
        StartValues.ConvolutionsByFanOut(this);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _landmarks.weight!.mul_(0.1);
        _landmarks.bias!.copy_(tensor(meanLandmarks.ToArray()));
    }

    /// <summary>What becomes of an input of N x 1 x <see cref="Size"/> x <see cref="Size"/>.</summary>
    /// <param name="operations">What to compute with, or to write down with.</param>
    /// <param name="input">What comes in.</param>
    /// <returns>N x 1, the logit of "face", and N x 10, the landmarks as parts of the input's edge.</returns>
    public (TValue Face, TValue Landmarks) Describe<TValue>(ILayerOperations<TValue> operations, TValue input)
    {
        TValue maps = input, before = input;
        for (int i = 0; i < Shapes.Length; i++)
        {
            TValue output = operations.Layer(_normalizations[i], operations.Layer(_convolutions[i], maps));
            if (Shapes[i].Carries) output = operations.Add(output, before);
            (before, maps) = (maps, operations.Activate(Activation.Relu, output));
        }
        TValue hidden = operations.Activate(Activation.Relu, operations.Layer(_hidden, operations.Flatten(maps)));
        return (operations.Layer(_face, hidden), operations.Layer(_landmarks, hidden));
    }

    /// <inheritdoc cref="Describe{TValue}"/>
    public override (Tensor Face, Tensor Landmarks) forward(Tensor input) => Describe(TorchOperations.Instance, input);

    /// <summary>Shifts the logit so that what had this probability of being a face now has one half.</summary>
    /// <param name="probability">Above 0 and below 1.</param>
    public void ShiftToHalf(double probability)
    {
        using var frozen = no_grad();
        _face.bias!.sub_(Math.Log(probability / (1 - probability)));
    }
}
