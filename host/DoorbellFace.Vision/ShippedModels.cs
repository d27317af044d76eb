using DoorbellFace.Core.Models;

namespace DoorbellFace.Vision;

/// <summary>The models that come with the program, in the folder models/ beside it.</summary>
public static class ShippedModels
{
    /// <summary>Folder name of the landmark network.</summary>
    public const string FaceLandmarksName = "face-landmarks";

    /// <summary>Folder name of the face backbone as it was trained, which is what trainings begin with.</summary>
    public const string FaceBackboneName = "face-backbone";

    /// <summary>The face backbone as it was trained.</summary>
    public static string FaceBackbone => Find(FaceBackboneName);

    /// <summary>
    /// The face backbone that looks at faces: with int8 weights it takes half the time, and no name that the other gives is lost
    /// (docs/results/recognition.md, "int8").
    /// </summary>
    public static string FaceBackboneInUse => Find("face-backbone-int8");

    /// <summary>The landmark network.</summary>
    public static string FaceLandmarks => Find(FaceLandmarksName);

    /// <summary>A model's folder by its name.</summary>
    /// <exception cref="InvalidModelException">It is not there.</exception>
    public static string Find(string name) => FindOrNull(name)
        ?? throw new InvalidModelException(
            $"The model {FolderOf(name)} is not there, although it comes with the program. Build or install the program again, or name "
            + $"another model.");

    /// <summary>A model's folder by its name; null where there is none.</summary>
    public static string? FindOrNull(string name) => Directory.Exists(FolderOf(name)) ? FolderOf(name) : null;

    private static string FolderOf(string name) => Path.Combine(AppContext.BaseDirectory, "models", name);
}
