using TorchSharp;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Tests;

public class NativeLibraryTests
{
    [Fact]
    public void Torch_loads_and_learns_on_this_machine()
    {
        using var scope = NewDisposeScope();
        using var layer = nn.Linear(1, 1);
        using var optimizer = optim.SGD(layer.parameters(), 0.1);
        Tensor input = tensor(new[] { 1f, 2f, 3f }).reshape(3, 1), target = input * 2;

        float first = 0, last = 0;
        for (int step = 0; step < 20; step++)
        {
            using var stepScope = NewDisposeScope();
            optimizer.zero_grad();
            Tensor loss = nn.functional.mse_loss(layer.forward(input), target);
            loss.backward();
            optimizer.step();
            last = loss.item<float>();
            if (step == 0) first = last;
        }

        Assert.True(last < first / 10, $"the loss went from {first} to {last}");
    }
}
