using System.CommandLine;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.OpenCv;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>--detector and --detector-model, the same in every command that looks for faces.</summary>
internal sealed class DetectorOptions
{
    private readonly ChoiceOption<DetectorKind> _kind = new("--detector", DetectorKind.Haar)
    {
        Description =
            "What finds the faces: haar (the rotation sweep), yunet (a network; needs its file) or paper (the paper's algorithm, to "
            + "compare with).",
        HelpName = "haar|yunet|paper",
    };

    private readonly Option<FileInfo?> _model = new("--detector-model")
    {
        Description = $"YuNet's file; without it, {YuNetFaceDetector.ModelFileName} in ${DetectorChoice.ModelsVariable} or models/.",
        HelpName = "PATH",
    };

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Add(_kind);
        command.Add(_model);
    }

    /// <summary>What was asked for.</summary>
    public DetectorChoice Read(ParseResult parsed) => new(_kind.Of(parsed), parsed.GetValue(_model)?.FullName);
}
