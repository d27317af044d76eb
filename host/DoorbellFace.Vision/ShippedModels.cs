using DoorbellFace.Core.Models;

namespace DoorbellFace.Vision;

/// <summary>The models that come with the program, in the folder models/ beside it.</summary>
public static class ShippedModels
{
    /// <summary>Folder name of the landmark network.</summary>
    public const string FaceLandmarksName = "face-landmarks";

    /// <summary>Folder name of the face backbone.</summary>
    public const string FaceBackboneName = "face-backbone";

    /// <summary>The face backbone.</summary>
    public static string FaceBackbone => Find(FaceBackboneName);

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
