using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>Who is asked what a view shows. Need not be thread-safe.</summary>
internal interface IViewTeacher : IDisposable
{
    /// <summary>Edge of the aligned face that it looks at, in pixels.</summary>
    int AlignedEdge { get; }

    /// <summary>The embedding of an aligned face, <see cref="Teacher.EmbeddingLength"/> numbers of length 1.</summary>
    /// <param name="aligned">Gray8 or Rgb24.</param>
    float[] EmbedAligned(PixelBuffer aligned);
}
