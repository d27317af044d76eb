using DoorbellFace.Core.Models;


namespace DoorbellFace.Application.Faces;

/// <summary>Loads models from their folders.</summary>
public interface IFaceModels
{
    /// <summary>What a folder's model is for, by its manifest alone.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <exception cref="InvalidModelException">There is no model, or its manifest cannot be used.</exception>
    string TaskOf(string folder);

    /// <summary>Loads a backbone with everything that it takes to look at faces.</summary>
    /// <param name="folder">Its folder; null for the one that comes with the program.</param>
    /// <exception cref="InvalidModelException">A model cannot be used.</exception>
    FaceEngine LoadEngine(string? folder);

    /// <summary>Loads a network that was trained on a family and knows its labels.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="InvalidModelException">The model cannot be used.</exception>
    ClassifierEngine LoadClassifier(string folder);
}
