using System.Globalization;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>The sharpness of one frame after the other, in few words. Pure.</summary>
internal sealed class FocusCourse
{
    /// <summary>Frames of a still scene differ by so much.</summary>
    private const double Wobble = 0.03;

    private double _best;

    /// <summary>What to say of the next frame: short, for it is said every second.</summary>
    public string Next(PictureSharpness sharpness)
    {
        if (sharpness.Verdict == FocusVerdict.NothingToSee) return "No edges.";
        string number = string.Create(CultureInfo.InvariantCulture, $"{100 * sharpness.Value:0}");
        bool isBest = sharpness.Value >= _best - Wobble;
        _best = Math.Max(_best, sharpness.Value);
        if (sharpness.Verdict != FocusVerdict.Sharp)
            return isBest ? $"{number}." : string.Create(CultureInfo.InvariantCulture, $"{number}. It was {100 * _best:0}.");
        return isBest ? $"{number}, sharp." : string.Create(CultureInfo.InvariantCulture, $"{number}, sharp. It was {100 * _best:0}.");
    }
}
