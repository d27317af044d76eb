using System.CommandLine;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell evaluate: how good the parts are, on photos of one's own.</summary>
internal static class EvaluateCommand
{
    /// <summary>The command with its parts.</summary>
    public static Command Create() => new("evaluate", "Measure how good a part is, on photos of your own.")
    {
        EvaluateDetectionCommand.Create(),
        EvaluateIdentificationCommand.Create(),
        EvaluateLookAlikesCommand.Create(),
        EvaluateCompanyCommand.Create(),
        EvaluateStrangersCommand.Create(),
    };
}
