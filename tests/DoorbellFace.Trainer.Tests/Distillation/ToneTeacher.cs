using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Distillation;

namespace DoorbellFace.Trainer.Tests.Distillation;

/// <summary>Says of a picture how bright each of its sixteen by sixteen parts is: an answer that another picture hardly gives.</summary>
internal sealed class ToneTeacher : IViewTeacher
{
    public int AlignedEdge => 128;

    public float[] EmbedAligned(PixelBuffer aligned)
    {
        var tones = new float[Teacher.EmbeddingLength];
        for (int i = 0; i < aligned.Pixels.Length; i++) tones[(i / 128 / 8 * 16) + (i % 128 / 8)] += aligned.Pixels[i];
        float length = MathF.Sqrt(tones.Sum(tone => tone * tone));
        return [.. tones.Select(tone => tone / length)];
    }

    public void Dispose()
    {
    }
}
