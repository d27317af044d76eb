using System.Diagnostics.CodeAnalysis;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Computes with numbers of 16 bits (bfloat16: the range of a float, 8 bits of precision) where most of the work is, in convolutions and
/// linear layers, while the weights, their gradients and the normalisations' statistics stay floats (Micikevicius et al., Mixed Precision
/// Training, 2018; bfloat16 needs no scaling of the loss: Kalamkar et al. 2019). A processor with instructions for them (AMX,
/// AVX512-BF16) is faster so.
/// </summary>
internal sealed class MixedPrecisionOperations : TorchOperations
{
    /// <summary>
    /// The matrix instructions take the gradients of a row of a map at a time, and need the same time for 3 places as for 32. So maps whose
    /// rows are shorter than this are laid side by side first: layer4 of a ResNet18 at 80 pixels takes less than half the time
    /// (docs/results/speed.md).
    /// </summary>
    private const int ShortRow = 8;

    /// <summary>There is nothing to keep, so one is enough.</summary>
    public static new MixedPrecisionOperations Instance { get; } = new();

    private MixedPrecisionOperations()
    {
    }

    /// <inheritdoc/>
    public override Tensor Layer(Module<Tensor, Tensor> layer, Tensor input) => layer switch
    {
        Conv2d convolution when CanLieSideBySide(convolution, input) => SideBySide(convolution, input),
        Conv2d convolution => ChannelsLast(Convolve(convolution, ChannelsLast(Short(input)))),
        Linear linear => functional.linear(Short(input), Short(linear.weight!), Short(linear.bias)).to_type(ScalarType.Float32),
        _ => base.Layer(layer, input),
    };

    /// <summary>Maps become vectors, which are few: what is computed with them between two linear layers may as well be exact.</summary>
    public override Tensor Flatten(Tensor input) => base.Flatten(input).to_type(ScalarType.Float32);

    private static Tensor Convolve(Conv2d convolution, Tensor input) => functional.conv2d(
        input, Short(convolution.weight), Short(convolution.bias), convolution.stride, convolution.padding, convolution.dilation,
            convolution.groups);

    private static bool CanLieSideBySide(Conv2d convolution, Tensor input) =>
        input.shape[3] / convolution.stride[1] < ShortRow
            && convolution is { kernel_size: [3, 3], padding: [1, 1], dilation: [1, 1], groups: 1 };

    /// <summary>
    /// All maps of a batch as one broad map, with a column of zeros or more after each, which is what the convolution would have found
    /// beyond its edge. Of the answer the columns between two maps are left out.
    /// </summary>
    private static Tensor SideBySide(Conv2d convolution, Tensor input)
    {
        long maps = input.shape[0], channels = input.shape[1], height = input.shape[2], width = input.shape[3],
            stride = convolution.stride[1];
        long answerWidth = (width + stride - 1) / stride, step = (width / stride) + 1;
        Tensor apart = functional.pad(Short(input).permute(2, 0, 3, 1), [0, 0, 0, (step * stride) - width]);
        Tensor answer = Convolve(convolution, apart.reshape(1, height, maps * step * stride, channels).permute(0, 3, 1, 2));
        Tensor cut = answer.permute(2, 0, 3, 1).reshape(answer.shape[2], maps, step, answer.shape[1]).narrow(2, 0, answerWidth);
        return ChannelsLast(cut.permute(1, 3, 0, 2));
    }

    [return: NotNullIfNotNull(nameof(tensor))]
    private static Tensor? Short(Tensor? tensor) => tensor?.to_type(ScalarType.BFloat16);

    /// <summary>
    /// The same tensor, laid out place by place and not map by map, as the matrix instructions want it. Does nothing if it is already.
    /// </summary>
    private static Tensor ChannelsLast(Tensor maps)
    {
        Tensor places = maps.permute(0, 2, 3, 1);
        // Not a view of itself: what is changed in place costs the way back three copies more if it is one.
        return places.is_contiguous() ? maps : places.contiguous().permute(0, 3, 1, 2);
    }
}
