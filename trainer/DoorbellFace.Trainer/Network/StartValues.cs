using TorchSharp.Modules;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// How torchvision sets the weights of its networks before any training. What no network names here starts as torch starts it.
/// </summary>
internal static class StartValues
{
    /// <summary>Normal, the spread by what goes out of each unit (He et al., Delving Deep into Rectifiers, 2015); biases zero.</summary>
    public static void ConvolutionsByFanOut(Module network) =>
        Convolutions(network, weight => init.kaiming_normal_(weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU));

    /// <summary>The same, the spread by what comes into each unit.</summary>
    public static void ConvolutionsByFanIn(Module network) =>
        Convolutions(network, weight => init.kaiming_normal_(weight, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU));

    /// <summary>The same spread by what comes in, evenly distributed.</summary>
    public static void ConvolutionsEvenly(Module network) =>
        Convolutions(network, weight => init.kaiming_uniform_(weight, mode: init.FanInOut.FanIn, nonlinearity: init.NonlinearityType.ReLU));

    /// <summary>Linear layers: normal with a standard deviation of 0.01; biases zero.</summary>
    public static void LinearsSmall(Module network) => Linears(network, linear => init.normal_(linear.weight!, 0, 0.01));

    /// <summary>Linear layers: even up to 1 / sqrt(outputs); biases zero.</summary>
    public static void LinearsByOutputs(Module network) => Linears(network, linear =>
    {
        double range = 1 / Math.Sqrt(linear.out_features);
        init.uniform_(linear.weight!, -range, range);
    });

    /// <summary>Linear layers: weights as torch starts them; biases zero.</summary>
    public static void LinearsWithoutBias(Module network) => Linears(network, _ => { });

    private static void Convolutions(Module network, Action<Parameter> start)
    {
        foreach (Conv2d convolution in network.modules().OfType<Conv2d>())
        {
            start(convolution.weight!);
            if (convolution.bias is { } bias) init.zeros_(bias);
        }
    }

    private static void Linears(Module network, Action<Linear> start)
    {
        foreach (Linear linear in network.modules().OfType<Linear>())
        {
            start(linear);
            if (linear.bias is { } bias) init.zeros_(bias);
        }
    }
}
