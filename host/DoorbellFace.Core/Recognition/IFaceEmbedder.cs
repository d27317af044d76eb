using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Core.Recognition;

/// <summary>A network that turns a face into a vector by whose direction people differ.</summary>
public interface IFaceEmbedder
{
    /// <summary>
    /// The model's contract. Embeddings of one model say nothing beside those of another; <see cref="ModelManifest.ModelSha256"/> tells
    /// them apart.
    /// </summary>
    ModelManifest Manifest { get; }

    /// <summary>The embedding of one face.</summary>
    /// <param name="gray">Gray8, the picture with the face.</param>
    /// <param name="landmarks">In that picture's coordinates.</param>
    Embedding Embed(PixelBuffer gray, FaceLandmarks landmarks);

    /// <summary>The embedding and, if the model was fine-tuned on the family, what its classifier says of the same face.</summary>
    /// <inheritdoc cref="Embed"/>
    (Embedding Embedding, FaceScores? Scores) EmbedAndClassify(PixelBuffer gray, FaceLandmarks landmarks) => (Embed(gray, landmarks), null);
}
