using System.Threading.Channels;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Training;

/// <summary>A batch as torch takes it.</summary>
/// <param name="Tensor">N x channels x size x size numbers.</param>
/// <param name="Labels">N class indices.</param>
internal sealed record Batch(float[] Tensor, long[] Labels);

/// <summary>
/// Makes the batches of an epoch on a thread of its own, a few ahead of the network, so that the network never waits. What becomes of a
/// crop depends on seed, epoch and crop alone and not on which thread was faster.
/// </summary>
internal sealed class BatchSource(IReadOnlyList<LabelledCrop> crops, IAugmentation augmentation, Preprocessor preprocessor, int seed)
{
    private const int BatchesAhead = 3;

    /// <summary>Stream number that keeps augmentation apart from the order of the crops, which uses (seed, epoch).</summary>
    private const int AugmentationStream = 1;

    /// <summary>The batches, in order. Ends early when <paramref name="stop"/> is called.</summary>
    /// <param name="epoch">From 0.</param>
    /// <param name="batches">Indices of crops.</param>
    /// <param name="stop">Ends the work.</param>
    public IEnumerable<Batch> Produce(int epoch, IReadOnlyList<int[]> batches, CancellationToken stop)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var ready = Channel.CreateBounded<Batch>(BatchesAhead);
        Task producer = Task.Run(
            async () =>
            {
                try
                {
                    foreach (int[] indices in batches) await ready.Writer.WriteAsync(Make(epoch, indices), ended.Token);
                    ready.Writer.Complete();
                }
                catch (Exception error)
                {
                    // The reader gets the exception in place of the next batch; cancellation it knows already.
                    ready.Writer.TryComplete(error is OperationCanceledException ? null : error);
                }
            },
            CancellationToken.None);
        try
        {
            foreach (Batch batch in ready.Reader.ReadAllAsync(CancellationToken.None).ToBlockingEnumerable(CancellationToken.None))
                yield return batch;
        }
        finally
        {
            ended.Cancel();
            producer.Wait(CancellationToken.None);
        }
    }

    /// <summary>One augmented crop as a tensor.</summary>
    public void WriteAugmented(int epoch, int index, Span<float> tensor)
    {
        WriteAugmented(crops[index], epoch, index, tensor);
    }

    private Batch Make(int epoch, int[] indices)
    {
        int length = preprocessor.TensorLength;
        var tensor = new float[indices.Length * length];
        var labels = new long[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            // Asked for once: where crops are painted, that is work.
            LabelledCrop crop = crops[indices[i]];
            WriteAugmented(crop, epoch, indices[i], tensor.AsSpan(i * length, length));
            labels[i] = crop.Label;
        }
        return new Batch(tensor, labels);
    }

    private void WriteAugmented(LabelledCrop crop, int epoch, int index, Span<float> tensor)
    {
        PixelBuffer augmented = augmentation.Apply(crop.Pixels, new SeededRandom(seed, epoch, index, AugmentationStream));
        preprocessor.WriteTensor(augmented, tensor);
    }
}
