using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Says of a small gray crop whether it is an upright face, and where its landmarks are. Four convolutions that
/// halve the picture, a residual block after the second and the third, then one hidden layer that sees every place: where a landmark is, is a question
/// about places, which a mean over all of them would forget. About 10 million multiplications for a face.
/// </summary>
internal sealed class LandmarkNetwork : Module<Tensor, (Tensor Face, Tensor Landmarks)>
{
    /// <summary>Edge of the input in pixels.</summary>
    public const int Size = 56;

    /// <summary>Numbers that say where the landmarks are: x and y of five.</summary>
    public const int Coordinates = 10;

    /// <summary>Channels and edge of the last feature maps.</summary>
    private const int LastChannels = 96, LastEdge = 4, Hidden = 128;

    /// <summary>
    /// The convolutions in their order, each followed by its normalisation: channels in and out, and the step, 2 to halve the picture. Where
    /// <c>Carries</c> is set, what came into the convolution before is added to what comes out of this one.
    /// </summary>
    public static readonly IReadOnlyList<(int Input, int Output, int Stride, bool Carries)> Convolutions =
    [
        (1, 16, 2, false), (16, 32, 2, false), (32, 32, 1, false), (32, 32, 1, true), (32, 64, 2, false), (64, 64, 1, false), (64, 64, 1, true), (64, LastChannels, 2, false),
    ];

    private readonly Conv2d[] _convolutions;
    private readonly BatchNorm2d[] _normalizations;
    private readonly Linear _hidden, _face, _landmarks;

    /// <summary>Creates the network with random start values from torch's own generator.</summary>
    /// <param name="meanLandmarks">Where landmarks are on average, x and y in turn, as parts of the edge: the answer that training starts from.</param>
    public LandmarkNetwork(IReadOnlyList<float> meanLandmarks)
        : base(nameof(LandmarkNetwork))
    {
        _convolutions = new Conv2d[Convolutions.Count];
        _normalizations = new BatchNorm2d[Convolutions.Count];
        for (int i = 0; i < _convolutions.Length; i++)
        {
            _convolutions[i] = Conv2d(Convolutions[i].Input, Convolutions[i].Output, kernel_size: 3, stride: Convolutions[i].Stride, padding: 1, bias: false);
            _normalizations[i] = BatchNorm2d(Convolutions[i].Output);
            register_module($"conv{i + 1}", _convolutions[i]);
            register_module($"bn{i + 1}", _normalizations[i]);
        }
        _hidden = Linear(LastChannels * LastEdge * LastEdge, Hidden);
        _face = Linear(Hidden, 1);
        _landmarks = Linear(Hidden, Coordinates);
        register_module("hidden", _hidden);
        register_module("face", _face);
        register_module("landmarks", _landmarks);
        foreach (Conv2d convolution in modules().OfType<Conv2d>())
            init.kaiming_normal_(convolution.weight!, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        _landmarks.weight!.mul_(0.1);
        _landmarks.bias!.copy_(tensor(meanLandmarks.ToArray()));
    }

    /// <summary>The answers for a batch.</summary>
    /// <param name="input">N x 1 x <see cref="Size"/> x <see cref="Size"/>.</param>
    /// <returns>N x 1, the logit of "face", and N x 10, the landmarks as parts of the input's edge.</returns>
    public override (Tensor Face, Tensor Landmarks) forward(Tensor input)
    {
        Tensor features = input, before = input;
        for (int i = 0; i < _convolutions.Length; i++)
        {
            Tensor output = _normalizations[i].forward(_convolutions[i].forward(features));
            if (Convolutions[i].Carries) output += before;
            (before, features) = (features, functional.relu(output));
        }
        features = functional.relu(_hidden.forward(features.flatten(1)));
        return (_face.forward(features), _landmarks.forward(features));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (Module module in (Module[])[.. _convolutions, .. _normalizations, _hidden, _face, _landmarks]) module.Dispose();
        }
        base.Dispose(disposing);
    }
}
