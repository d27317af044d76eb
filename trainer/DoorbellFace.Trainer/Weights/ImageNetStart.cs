using DoorbellFace.Trainer.Network;
using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Weights;

/// <summary>A face backbone's start from published weights of ResNet18.</summary>
internal static class ImageNetStart
{
    /// <summary>
    /// Takes over what fits of torchvision's ImageNet weights: a filter that saw three colours becomes their sum over gray.
    /// </summary>
    /// <param name="network">Gets them.</param>
    /// <param name="weights">By torchvision's names.</param>
    /// <returns>How many of the network's tensors were taken over.</returns>
    public static int Take(FaceBackbone network, WeightFile weights)
    {
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        int taken = 0;
        foreach ((string name, Tensor mine) in network.state_dict())
        {
            if (!weights.Tensors.TryGetValue(name, out StoredTensor? stored)) continue;
            Tensor theirs = from_array(weights.Read(name)).reshape([.. stored.Shape]);
            Tensor fitting = name == "conv1.weight" && theirs.shape[1] == 3 ? theirs.sum(1, keepdim: true) : theirs;
            if (!fitting.shape.SequenceEqual(mine.shape)) continue;
            mine.copy_(fitting);
            taken++;
        }
        return taken;
    }
}
