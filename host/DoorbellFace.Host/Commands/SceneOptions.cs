using System.CommandLine;
using System.Globalization;
using DoorbellFace.Measuring;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>What a detector is shown: frames, angles, and what makes faces hard to find.</summary>
internal sealed class SceneOptions
{
    private const int MostPeople = 4;

    private readonly Option<string> _size = new("--size")
    {
        Description = "Size of the frames in pixels, 64x64 to 4000x4000.", HelpName = "WxH", DefaultValueFactory = _ => "320x240",
    };
    private readonly Option<string> _angles = new("--angles")
    {
        Description = "By how many degrees the photos are turned; each with both signs, in turn from photo to photo.",
        HelpName = "A,B,...", DefaultValueFactory = _ => "0,15,30,45,90,180",
    };
    private readonly WearOption _wear = new("every known face");
    private readonly Option<int> _people = new("--people")
    {
        Description =
            $"Photos side by side in one frame, 1 to {MostPeople}; with more than one, each face has a size of its own, and all must be "
            + "found.",
        HelpName = "N", DefaultValueFactory = _ => 1,
    };
    private readonly ChoiceOption<Light> _light = new("--light", Light.Photo)
    {
        Description =
            "photo (as it is), or in what light the doorbell's camera sees it, gray, blurred and with noise: day, or night (half as "
            + "bright, the gain at its limit).",
        HelpName = "photo|day|night",
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides what is worn, sizes and places side by side, and the camera's noise.", HelpName = "S",
        DefaultValueFactory = _ => 1,
    };

    private enum Light
    {
        Photo,
        Day,
        Night,
    }

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_size, _angles, _wear, _people, _light, _seed]) command.Add(option);
    }

    /// <summary>What was asked for.</summary>
    /// <exception cref="UserErrorException">It cannot be.</exception>
    public DetectionSettings Read(ParseResult parsed)
    {
        FrameSize size = FrameSize.Parse(parsed.GetValue(_size)!, "--size");
        return new DetectionSettings(size.Width, size.Height, ParseAngles(parsed.GetValue(_angles)!))
        {
            Worn = _wear.Of(parsed),
            People = parsed.InRange(_people, 1, MostPeople),
            Light = _light.Of(parsed) switch { Light.Day => CameraLight.Day, Light.Night => CameraLight.Night, _ => null },
            Seed = parsed.GetValue(_seed),
        };
    }

    private static int[] ParseAngles(string text)
    {
        string[] words = text.Split(',', StringSplitOptions.TrimEntries);
        var angles = new int[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out angles[i]) || angles[i] > 180)
                throw new UserErrorException(
                    $"--angles is '{text}': expected whole degrees from 0 to 180 with commas between them, such as 0,15,30.",
                        ExitCode.WrongUsage);
        }
        return angles;
    }
}
