using System.Collections;
using DoorbellFace.Trainer.Dataset;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// What the student learns from: the faces of the harvest and, behind them, the views made of them, which are painted when they are asked
/// for. The label of a picture is the number by which <see cref="CopyEmbedding"/> finds what the teacher says of it.
/// </summary>
/// <param name="harvest">The faces.</param>
/// <param name="views">The views; null where there are none.</param>
internal sealed class TrainingPictures(FaceHarvest harvest, ViewHarvest? views) : IReadOnlyList<LabelledCrop>
{
    private readonly int[] _faces =
        [.. Enumerable.Range(0, harvest.Faces.Count).Where(face => !HeldOutFaces.Contains(harvest.Faces[face]))];

    /// <summary>How many of the pictures are faces as they were harvested.</summary>
    public int Faces => _faces.Length;

    /// <inheritdoc/>
    public int Count => _faces.Length + (views?.Count ?? 0);

    /// <inheritdoc/>
    public LabelledCrop this[int index]
    {
        get
        {
            if (index < _faces.Length) return new LabelledCrop(_faces[index], Split.Train, harvest.Crop(_faces[index]));
            int view = index - _faces.Length;
            return new LabelledCrop(harvest.Faces.Count + view, Split.Train, views!.Paint(view));
        }
    }

    /// <summary>The teacher's embedding of the picture with this label.</summary>
    public void CopyEmbedding(long label, Span<float> target)
    {
        if (label < harvest.Faces.Count) harvest.Embedding((int)label).CopyTo(target);
        else views!.CopyEmbedding((int)(label - harvest.Faces.Count), target);
    }

    /// <inheritdoc/>
    public IEnumerator<LabelledCrop> GetEnumerator() => Enumerable.Range(0, Count).Select(index => this[index]).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
