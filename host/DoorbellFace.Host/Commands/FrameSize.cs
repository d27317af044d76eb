using System.Globalization;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>Width and height as an option gives them: 320x240.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
internal readonly record struct FrameSize(int Width, int Height)
{
    private const int Least = 64, Most = 4000;

    /// <summary>Reads an option's value.</summary>
    /// <exception cref="UserErrorException">It is not of that form, or out of bounds.</exception>
    public static FrameSize Parse(string text, string option)
    {
        string[] parts = text.Split('x', 'X');
        if (parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            && width is >= Least and <= Most && height is >= Least and <= Most)
        {
            return new FrameSize(width, height);
        }
        throw new UserErrorException($"{option} is '{text}': expected width and height such as 320x240, each {Least} to {Most}.",
            ExitCode.WrongUsage);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");
}
