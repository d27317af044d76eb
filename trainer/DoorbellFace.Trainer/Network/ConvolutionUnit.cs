using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>Convolution, normalisation, activation: torchvision's Conv2dNormActivation.</summary>
internal static class ConvolutionUnit
{
    /// <summary>Creates the sequence "0", "1" and, with an activation, "2". Width and height stay, or are divided by the stride.</summary>
    public static Sequential Create(int input, int output, int kernel, int stride, int groups, Func<int, BatchNorm2d> normalization,
        Activation? activation)
    {
        List<(string, Module<Tensor, Tensor>)> layers =
        [
            ("0", Conv2d(input, output, kernel_size: kernel, stride: stride, padding: (kernel - 1) / 2, groups: groups, bias: false)),
            ("1", normalization(output)),
        ];
        if (activation is { } wanted) layers.Add(("2", LayerOf(wanted)));
        return Sequential([.. layers]);
    }

    private static Module<Tensor, Tensor> LayerOf(Activation activation) => activation switch
    {
        Activation.Relu => ReLU(),
        Activation.HardSwish => Hardswish(),
        Activation.Silu => SiLU(),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "No layer of torch's is known for this activation."),
    };
}
