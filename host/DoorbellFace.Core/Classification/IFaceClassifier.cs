using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Classification;

/// <summary>A network that says which of its labels a face belongs to.</summary>
public interface IFaceClassifier
{
    /// <summary>The model's contract: labels, preprocessing, thresholds.</summary>
    ModelManifest Manifest { get; }

    /// <summary>The logits of one face, one for each label, in class order.</summary>
    /// <param name="tensor">What <see cref="Preprocessor.ToTensor"/> gives.</param>
    float[] Classify(ReadOnlyMemory<float> tensor);
}
