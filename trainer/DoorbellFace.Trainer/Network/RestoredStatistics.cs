using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Network;

/// <summary>
/// Makes a backbone that was read back from an exported model fit to learn on. There every normalisation is the identity with an offset; as
/// soon as it saw a batch, it would divide by a deviation that it never had. Here it gets the mean and the deviation of what really comes
/// in, and a scale and an offset that undo them: the answers stay as they are, and training goes on from them.
/// </summary>
internal sealed class RestoredStatistics : TorchOperations
{
    private readonly Dictionary<NormBase, Sums> _sums = [];

    private RestoredStatistics()
    {
    }

    /// <summary>Restores all normalisations.</summary>
    /// <param name="network">Read from an exported model.</param>
    /// <param name="batches">N x 1 x size x size each, as the training will see them; some hundred faces are enough.</param>
    public static void Into(FaceBackbone network, IEnumerable<Tensor> batches)
    {
        using var frozen = no_grad();
        var statistics = new RestoredStatistics();
        network.eval();
        foreach (Tensor batch in batches)
        {
            using var scope = NewDisposeScope();
            network.Describe(statistics, batch);
        }
        foreach ((NormBase layer, Sums sums) in statistics._sums) sums.Into(layer);
    }

    /// <inheritdoc/>
    public override Tensor Layer(Module<Tensor, Tensor> layer, Tensor input)
    {
        if (layer is NormBase normalization)
        {
            if (!_sums.TryGetValue(normalization, out Sums? sums)) _sums.Add(normalization, sums = new Sums());
            sums.Add(input);
        }
        return base.Layer(layer, input);
    }

    /// <summary>Sums over what came into one normalisation, for each channel.</summary>
    private sealed class Sums
    {
        private double[] _sum = [], _squares = [];
        private long _count;

        /// <summary>Adds a batch: N x C or N x C x H x W.</summary>
        public void Add(Tensor input)
        {
            long[] others = input.dim() == 4 ? [0, 2, 3] : [0];
            double[] sum = input.sum(others, type: ScalarType.Float64).data<double>().ToArray();
            double[] squares = input.square().sum(others, type: ScalarType.Float64).data<double>().ToArray();
            if (_count == 0) (_sum, _squares) = (new double[sum.Length], new double[sum.Length]);
            for (int i = 0; i < sum.Length; i++) (_sum[i], _squares[i]) = (_sum[i] + sum[i], _squares[i] + squares[i]);
            _count += input.numel() / sum.Length;
        }

        /// <summary>Puts mean and variance into the layer, and undoes them by its scale and offset.</summary>
        public void Into(NormBase layer)
        {
            float[] mean = [.. _sum.Select(sum => (float)(sum / _count))];
            float[] variance = [.. _squares.Select((squares, i) => (float)Math.Max(0, (squares / _count) - Math.Pow(_sum[i] / _count, 2)))];
            using var scope = NewDisposeScope();
            Tensor means = from_array(mean), variances = from_array(variance);
            layer.running_mean!.copy_(means);
            layer.running_var!.copy_(variances);
            layer.weight!.copy_((variances + layer.eps).sqrt());
            layer.bias!.add_(means);
        }
    }
}
