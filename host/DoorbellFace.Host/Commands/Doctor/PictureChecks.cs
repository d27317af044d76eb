using System.Globalization;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Host.Commands.Doctor;

/// <summary>What arrives of test bars and pictures, in words and with advice.</summary>
internal static class PictureChecks
{
    /// <summary>More damage than this is worth a word: one packet in a thousand.</summary>
    private const double WorthAWord = 0.001;

    /// <summary>
    /// A view with such light and dark places that has no edge between them is a view through a lens out of focus, and no empty wall.
    /// </summary>
    private const int ContrastWithEdges = 100;

    /// <summary>The eight data lines, by the sensor's test bars.</summary>
    /// <param name="reading">What was read; null when no frame of bars came.</param>
    public static Finding Bars(TestBarsReading? reading)
    {
        if (reading is not { } bars)
            return Finding.Fail(Checks.Bars, "The camera was asked for its test picture, and none came.",
                "Try again. If it stays so, a wire of the camera is loose.");
        string detail = string.Create(CultureInfo.InvariantCulture, $"largest difference {bars.LargestError} of 255");
        return bars.Fault switch
        {
            DataLineFault.None => Finding.Pass(Checks.Bars, "The camera's test picture arrives as it should.", detail),
            DataLineFault.StuckLow =>
                Finding.Fail(Checks.Bars, $"{Lines(bars)} of the camera {Carries(bars)} nothing.",
                    $"Push {TheWires(bars)} firmly in at both ends, and check with the table that {Goes(bars)} to the right pin.", detail),
            DataLineFault.StuckHigh =>
                Finding.Fail(Checks.Bars, $"{Lines(bars)} of the camera {Carries(bars)} the supply in place of pixels.",
                    $"Check {TheWires(bars)}: {Touches(bars)} the supply, or {Goes(bars)} to the wrong pin.", detail),
            DataLineFault.Swapped =>
                Finding.Fail(Checks.Bars, $"The data wires {Names(bars.Lines)} of the camera have changed places.",
                    "Compare these wires with the wiring table, and put each in its own place.", detail),
            DataLineFault.Unsteady =>
                Finding.Fail(Checks.Bars, $"{Lines(bars)} of the camera {(bars.Lines.Count == 1 ? "is" : "are")} unsteady.",
                    $"Push {TheWires(bars)} firmly in at both ends. Keep the camera's wires below 15 centimetres.", detail),
            _ => Finding.Fail(Checks.Bars, "The camera's test picture arrives wrong, and it is not clear which wire it is.",
                "Check all eight data wires of the camera, D 0 to D 7, against the wiring table.", detail),
        };
    }

    /// <summary>The way from the board to the computer.</summary>
    /// <param name="packets">Good packets during the examination.</param>
    /// <param name="damaged">Damaged ones.</param>
    /// <param name="framesRefused">Frames with too many rows missing.</param>
    public static Finding Cable(long packets, long damaged, long framesRefused)
    {
        const string Advice =
            "Use a shorter USB cable, put a ferrite on it, and keep it away from mains cables. If it stays so, build the doorbell's "
            + "program for 500000 bits per second.";
        string detail =
            string.Create(CultureInfo.InvariantCulture,
                $"{damaged:N0} of {packets + damaged:N0} packets damaged, {framesRefused:N0} frames refused");
        if (framesRefused > 0 && damaged == 0)
            return Finding.Fail(Checks.Cable, "Pictures arrive with parts missing, though nothing arrives damaged.",
                "Close other programs: this computer may be too busy to read in time. If it stays so, try another USB socket, without a "
                + "hub.", detail);
        if (framesRefused > 0) return Finding.Fail(Checks.Cable, "The cable damages so much that pictures are lost.", Advice, detail);
        return damaged > WorthAWord * (packets + damaged)
            ? Finding.Warn(Checks.Cable, "The cable damages a part of what is sent. Rings still arrive, because they are sent again.",
                Advice, detail)
            : Finding.Pass(Checks.Cable, "The cable is sound.", detail);
    }

    /// <summary>The connection broke off in the middle.</summary>
    /// <param name="reason">Why, in the link's own words.</param>
    public static Finding Lost(string reason) => Finding.Fail(
        Checks.Cable, "The doorbell went away while I was looking at it.",
            "Was the cable pulled? If not, push its plugs in, use a shorter cable, and try again.", reason);

    /// <summary>The picture's light.</summary>
    /// <param name="light">What was measured; null when no picture came.</param>
    /// <param name="isShortestExposure">The camera exposes for one row, and cannot for less.</param>
    public static Finding Brightness(PictureLight? light, bool isShortestExposure = false)
    {
        if (light is not { } measured)
            return Finding.Fail(Checks.Brightness, "The camera was asked for a picture, and none came whole.",
                "Look at what was found about the cable and the camera before.");
        string detail =
            string.Create(CultureInfo.InvariantCulture, $"mean {measured.Mean:0}, from {measured.Dark} to {measured.Bright} of 255");
        const string TooMuch =
            "A row of the picture cannot be exposed for less, and at a faster serial rate rows are shorter: build the doorbell's program "
            + "for 2000000 bits per second, shade the camera, or put a gray filter before it.";
        return measured.Verdict switch
        {
            LightVerdict.White when isShortestExposure =>
                Finding.Fail(Checks.Brightness, "The picture is white: there is more light than the camera can take at this rate.", TooMuch,
                    detail),
            LightVerdict.Bright when isShortestExposure =>
                Finding.Warn(Checks.Brightness, "The picture is very bright: there is more light than the camera can take at this rate.",
                    TooMuch, detail),
            LightVerdict.Black =>
                Finding.Fail(Checks.Brightness, "The picture is black.",
                    "Take the cap off the lens. If it is off and there is light at the door, check the camera's wires S I O D and S I O C "
                    + "and their resistors: its settings may not arrive.", detail),
            LightVerdict.White =>
                Finding.Fail(Checks.Brightness, "The picture is white.",
                    "The sun or a lamp shines into the lens: turn the camera away from it, or shade it.", detail),
            LightVerdict.Flat =>
                Finding.Fail(Checks.Brightness, "The picture is the same gray everywhere.",
                    "Something covers the lens, or it is fogged: clean the lens and the window.", detail),
            LightVerdict.Dark =>
                Finding.Warn(Checks.Brightness, "The picture is dark. Faces may not be recognised.",
                    "Switch on a lamp at the door, on the camera's side.", detail),
            LightVerdict.Bright =>
                Finding.Warn(Checks.Brightness, "The picture is very bright. Faces may not be recognised.",
                    "Shade the camera from the sun.", detail),
            _ => Finding.Pass(Checks.Brightness, "The picture is neither too dark nor too bright.", detail),
        };
    }

    /// <summary>The picture's focus.</summary>
    /// <param name="sharpness">How sharp its edges are.</param>
    /// <param name="light">Its light: between so light and so dark places there must be edges.</param>
    public static Finding Focus(PictureSharpness sharpness, PictureLight light)
    {
        const string Guide = "./doorbell doctor --focus says how sharp it is while the lens is turned (hardware/focusing.md)";
        string detail =
            string.Create(CultureInfo.InvariantCulture,
                $"sharpness {100 * sharpness.Value:0} of 100, sharp from {100 * PictureSharpness.SharpFrom:0}");
        bool isFarOff = sharpness.Verdict == FocusVerdict.NothingToSee && light.Bright - light.Dark >= ContrastWithEdges;
        return sharpness.Verdict switch
        {
            _ when isFarOff =>
                Finding.Fail(Checks.Focus, "The picture is so blurred that it has no edges.",
                    "Clean the lens and the window. If it stays so, turn the lens: the doctor's focus mode guides you.",
                    $"{detail}\n{Guide}"),
            FocusVerdict.Sharp => Finding.Pass(Checks.Focus, "The picture is sharp.", detail),
            FocusVerdict.Blurred =>
                Finding.Fail(Checks.Focus, "The picture is blurred.",
                    "Clean the lens and the window. If it stays so, turn the lens: the doctor's focus mode guides you.",
                    $"{detail}\n{Guide}"),
            _ => Finding.Warn(Checks.Focus, "I cannot tell whether the picture is sharp: there are no edges in it.",
                "Hold a newspaper one metre in front of the camera and try again. If I still see no edges, the lens is far out of focus: "
                + "the doctor's focus mode guides you.", $"{detail}\n{Guide}"),
        };
    }

    private static string Lines(TestBarsReading bars) => $"The data {(bars.Lines.Count == 1 ? "wire" : "wires")} {Names(bars.Lines)}";

    private static string Carries(TestBarsReading bars) => bars.Lines.Count == 1 ? "carries" : "carry";

    private static string TheWires(TestBarsReading bars) => bars.Lines.Count == 1 ? "that wire" : "those wires";

    private static string Goes(TestBarsReading bars) => bars.Lines.Count == 1 ? "it goes" : "each goes";

    private static string Touches(TestBarsReading bars) => bars.Lines.Count == 1 ? "it touches" : "they touch";

    /// <summary>"D 0", "D 0 and D 1", "D 0, D 1 and D 2".</summary>
    private static string Names(IReadOnlyList<int> lines)
    {
        string[] names = [.. lines.Select(line => string.Create(CultureInfo.InvariantCulture, $"D {line}"))];
        return names.Length < 2 ? string.Concat(names) : $"{string.Join(", ", names[..^1])} and {names[^1]}";
    }
}
