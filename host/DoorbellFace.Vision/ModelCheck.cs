using DoorbellFace.Core.Models;


namespace DoorbellFace.Vision;

/// <summary>Whether a folder holds a model that a running door could use.</summary>
public static class ModelCheck
{
    /// <summary>Loads the model as a door would, and lets go of it.</summary>
    /// <param name="folder">A model's folder.</param>
    /// <exception cref="InvalidModelException">It cannot be used; the sentence says why.</exception>
    public static void Run(string folder) => OnnxModel.Load(folder, OnnxModel.TaskOf(folder), threads: 1).Dispose();
}
