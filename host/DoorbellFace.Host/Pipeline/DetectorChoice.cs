using DoorbellFace.Core.Faces;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Pipeline;

/// <summary>Which detector a command was asked for.</summary>
/// <param name="Kind">Which.</param>
/// <param name="ModelPath">The detector's own file, or null: looked for where such files are kept.</param>
internal sealed record DetectorChoice(DetectorKind Kind = DetectorKind.Haar, string? ModelPath = null)
{
    /// <summary>Names a folder with other people's models.</summary>
    public const string ModelsVariable = "DOORBELLFACE_MODELS";

    /// <summary>Loads models that look at the faces that this detector finds.</summary>
    public FaceModels Models() => new(verifier => Load(verifier));

    /// <summary>Loads it; whoever asks disposes it.</summary>
    /// <param name="verifier">Decides on the Haar sweep's candidates; null: the cascade's own confidence does.</param>
    /// <param name="options">How sure the Haar sweep's decision must be.</param>
    /// <exception cref="UserErrorException">YuNet's file is nowhere.</exception>
    /// <exception cref="CascadeMissingException">The face cascade is not installed.</exception>
    /// <exception cref="DetectorModelException">YuNet's file is another one.</exception>
    public LoadedFaceFinder Load(IFaceVerifier? verifier = null, FaceFinderOptions? options = null)
    {
        if (Kind != DetectorKind.YuNet && ModelPath is not null)
            throw new UserErrorException(
                $"--detector-model is for --detector yunet; the {Kind.ToString().ToLowerInvariant()} detector has no model file.",
                    ExitCode.WrongUsage);
        return Kind switch
        {
            DetectorKind.YuNet => LoadedFaceFinder.Of(new YuNetFaceFinder(ModelPath ?? FindYuNet())),
            DetectorKind.Paper => LoadedFaceFinder.Of(new PaperFaceFinder(CascadeFile.Find(HaarOptions.CascadeFileName))),
            _ => LoadedFaceFinder.Load(verifier, options),
        };
    }

    /// <summary>
    /// YuNet's file in the folder that $DOORBELLFACE_MODELS names; without it in models/ beside the program or in the working folder.
    /// </summary>
    public static string FindYuNet()
    {
        string[] folders = Environment.GetEnvironmentVariable(ModelsVariable) is { Length: > 0 } named
            ? [named]
            : [Path.Combine(AppContext.BaseDirectory, "models"), "models"];
        return folders.Select(folder => Path.Combine(folder, YuNetFaceDetector.ModelFileName)).FirstOrDefault(File.Exists)
            ?? throw new UserErrorException(
                $"YuNet's file {YuNetFaceDetector.ModelFileName} is neither in ${ModelsVariable} nor in models/. Get it from "
                + $"https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet, or name it with --detector-model.");
    }
}

/// <summary>Which detector finds the faces.</summary>
internal enum DetectorKind
{
    /// <summary>The rotation sweep with a Haar cascade; needs no file beyond OpenCV's cascades, and not OpenCV itself.</summary>
    Haar,

    /// <summary>YuNet at eight angles; needs its file.</summary>
    YuNet,

    /// <summary>The paper's algorithm, to compare with.</summary>
    Paper,
}
