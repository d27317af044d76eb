using System.CommandLine;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>--frames: how many frames the doorbell's camera takes of a photo.</summary>
internal sealed class FramesOption : Option<int>
{
    private const int Most = 20;

    /// <summary>Creates the option.</summary>
    public FramesOption()
        : base("--frames")
    {
        Description = $"Frames that the camera takes of a photo, as of one moment of a visit, 1 to {Most}; more than one needs --camera.";
        HelpName = "N";
        DefaultValueFactory = _ => 1;
    }

    /// <summary>So many.</summary>
    /// <param name="parsed">What was given.</param>
    /// <param name="camera">Height of the face in the camera's frame; null for photos as they are.</param>
    /// <exception cref="UserErrorException">It is out of range, or a photo as it is should have several.</exception>
    public int Of(ParseResult parsed, int? camera)
    {
        int frames = parsed.InRange(this, 1, Most);
        return frames == 1 || camera is not null
            ? frames
            : throw new UserErrorException($"--frames is {frames}, and a photo as it is has one. Give --camera 80 or 56 as well.",
                ExitCode.WrongUsage);
    }
}
