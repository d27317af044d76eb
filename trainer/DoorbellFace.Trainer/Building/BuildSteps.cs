using System.Globalization;

namespace DoorbellFace.Trainer.Building;

/// <summary>
/// The steps of a build, told as "Step 3 of 7: dividing the faces." People read the words; a program that shows progress in words of its
/// own reads the number.
/// </summary>
internal static class BuildSteps
{
    /// <summary>Each step by its number.</summary>
    public const int Faces = 1, Review = 2, Dividing = 3, PlainBackbone = 4, FineTuning = 5, SmallNetwork = 6, Measuring = 7;

    private static readonly string[] Words =
    [
        "looking for the faces", "looking for faces that are wrong", "dividing the faces", "measuring the backbone as it is",
        "training the backbone on the family", "training a small network", "measuring the chosen one",
    ];

    /// <summary>Tells that a step begins.</summary>
    public static void Tell(Action<string> remark, int step) =>
        remark(string.Create(CultureInfo.InvariantCulture, $"Step {step} of {Words.Length}: {Words[step - 1]}."));
}
