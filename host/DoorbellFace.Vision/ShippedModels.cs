using DoorbellFace.Core.Models;


namespace DoorbellFace.Vision;

/// <summary>The models that come with the program: the folder models/ of the checkout it was built in, or beside the program.</summary>
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
    /// <exception cref="InvalidModelException">It is in no folder above the program.</exception>
    public static string Find(string name) => FindOrNull(name)
        ?? throw new InvalidModelException($"The model models/{name} is in no folder above {AppContext.BaseDirectory}. Run the program from a whole checkout, or name a model with --model.");

    /// <summary>A model's folder by its name; null where there is none.</summary>
    public static string? FindOrNull(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string model = Path.Combine(folder.FullName, "models", name);
            if (Directory.Exists(model)) return model;
        }
        return null;
    }
}
