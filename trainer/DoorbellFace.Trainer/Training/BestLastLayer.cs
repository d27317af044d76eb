using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Training;

/// <summary>
/// The best last layer so far of a network whose other layers are frozen, in memory: it is all that differs from epoch to epoch.
/// </summary>
internal sealed class BestLastLayer(FaceNetwork network) : IDisposable
{
    private Dictionary<string, Tensor> _kept = [];

    /// <summary>The last layer as it is now is the best.</summary>
    public void Keep()
    {
        Dispose();
        _kept = Copy();
    }

    /// <summary>Does something with the network while it has its best last layer; afterwards it has its present one again.</summary>
    public void WhileInPlace(Action action)
    {
        Dictionary<string, Tensor> present = Copy();
        Put(_kept);
        try
        {
            action();
        }
        finally
        {
            Put(present);
            foreach (Tensor tensor in present.Values) tensor.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Tensor tensor in _kept.Values) tensor.Dispose();
        _kept.Clear();
    }

    private Dictionary<string, Tensor> Copy()
    {
        using var noGradient = no_grad();
        return network.LastLayer.state_dict().ToDictionary(entry => entry.Key, entry =>
            entry.Value.detach().clone().DetachFromDisposeScope());
    }

    private void Put(Dictionary<string, Tensor> weights)
    {
        using var noGradient = no_grad();
        foreach ((string name, Tensor tensor) in network.LastLayer.state_dict()) tensor.copy_(weights[name]);
    }
}
