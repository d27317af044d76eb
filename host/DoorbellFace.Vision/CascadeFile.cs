using DoorbellFace.Core.Faces.Haar;

namespace DoorbellFace.Vision;

/// <summary>The cascades that OpenCV brings along, as Debian's and Ubuntu's opencv-data installs them.</summary>
public static class CascadeFile
{
    /// <summary>The cascade of the sweep: few features in its first stages, and few false faces.</summary>
    public const string SweepCascade = "haarcascade_frontalface_alt.xml";

    /// <summary>Where distributions put cascades.</summary>
    private static readonly string[] Folders =
        ["/usr/share/opencv4/haarcascades", "/usr/share/opencv/haarcascades", "/usr/local/share/opencv4/haarcascades"];

    /// <summary>The path of a cascade; where it should be, if it is nowhere.</summary>
    public static string Find(string fileName) =>
        Folders.Select(folder => Path.Combine(folder, fileName)).FirstOrDefault(File.Exists) ?? Path.Combine(Folders[0], fileName);

    /// <summary>Reads a cascade for the sweep.</summary>
    /// <exception cref="CascadeMissingException">The file is not there or is no cascade of stumps.</exception>
    public static HaarCascade Load(string fileName)
    {
        string path = Find(fileName);
        try
        {
            using FileStream xml = File.OpenRead(path);
            return HaarCascade.Parse(xml);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CascadeMissingException($"The face cascade {path} is not there. On Debian and Ubuntu: apt-get install opencv-data");
        }
        catch (InvalidDataException error)
        {
            throw new CascadeMissingException(
                $"{path} cannot be used as a face cascade: {error.Message} On Debian and Ubuntu the package opencv-data holds good ones.");
        }
    }
}
