using System.CommandLine;
using System.Globalization;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>How photos are seen: as they are, or as the doorbell's camera would see them.</summary>
internal sealed class CameraOption : Option<string>
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">Which photos these are.</param>
    public CameraOption(string name, string description)
        : base(name)
    {
        Description = description;
        HelpName = "none|80|56";
        DefaultValueFactory = _ => "none";
    }

    /// <summary>Height of the face in the doorbell's frame, 20 to 200 pixels; null for the photo as it is.</summary>
    /// <exception cref="UserErrorException">It is neither.</exception>
    public int? HeightIn(ParseResult parsed)
    {
        string camera = parsed.GetValue(this)!;
        if (camera == "none") return null;
        return int.TryParse(camera, NumberStyles.None, CultureInfo.InvariantCulture, out int height) && height is >= 20 and <= 200
            ? height
            : throw new UserErrorException(
                $"The camera is '{camera}'; expected none, or the height of the face in pixels from 20 to 200, such as 80 or 56.",
                    ExitCode.WrongUsage);
    }
}
