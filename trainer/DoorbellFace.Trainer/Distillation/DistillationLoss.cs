using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// What the student must bring down: 1 - cosine to the teacher's embedding of the same face, and beside it how differently student and
/// teacher see the face among all faces there are (their similarities to every embedding of the teacher, as probabilities; Fang et al.,
/// SEED, 2021). The first says where a face belongs; the second weighs heaviest the errors that would take one person for another. A third
/// part looks at the most similar faces alone, where look-alikes are: how far the cosines to them are from what the teacher sees.
/// </summary>
/// <param name="bank">The teacher's embeddings of all faces, N x 256, of length 1.</param>
/// <param name="relationWeight">Weight of the second part.</param>
/// <param name="hardPairWeight">Weight of the third part.</param>
internal sealed class DistillationLoss(Tensor bank, double relationWeight, double hardPairWeight)
{
    /// <summary>Most similar faces of the bank, the face itself among them.</summary>
    private const int HardPairs = 64;

    /// <summary>
    /// Divides cosines before they become probabilities. With 0.05 a stranger as alike as strangers get (cosine 0.3) counts a millionth of
    /// the face itself, another photo of the same person (0.69) a five-hundredth: among 36,000 faces both matter.
    /// </summary>
    private const double Temperature = 0.05;

    /// <summary>The loss of a batch and its first part, the mean of 1 - cosine.</summary>
    /// <param name="student">N x 256.</param>
    /// <param name="teacher">N x 256, of length 1.</param>
    public (Tensor Loss, Tensor Cosine) Of(Tensor student, Tensor teacher)
    {
        Tensor normalized = functional.normalize(student, dim: 1);
        Tensor cosine = 1 - (normalized * teacher).sum(1).mean();
        if (relationWeight == 0 && hardPairWeight == 0) return (cosine, cosine);
        Tensor byTeacher = teacher.matmul(bank.t()), byStudent = normalized.matmul(bank.t());
        Tensor loss = cosine;
        if (relationWeight > 0)
        {
            Tensor probable = functional.softmax(byTeacher / Temperature, 1);
            loss -= relationWeight * (probable * functional.log_softmax(byStudent / Temperature, 1)).sum(1).mean();
        }
        if (hardPairWeight > 0)
        {
            (Tensor hardest, Tensor which) = byTeacher.topk((int)Math.Min(HardPairs, bank.shape[0]), 1);
            loss += hardPairWeight * (byStudent.gather(1, which) - hardest).square().mean();
        }
        return (loss, cosine);
    }
}
