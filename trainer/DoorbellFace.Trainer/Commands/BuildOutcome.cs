using System.Globalization;
using DoorbellFace.Application.Models;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Building;
using DoorbellFace.Trainer.Review;

namespace DoorbellFace.Trainer.Commands;

/// <summary>
/// What `build-model` tells at its end: first what was chosen and how good it is, then who is known now, last what else there is to know.
/// </summary>
/// <param name="photos">The folder of the photos.</param>
/// <param name="family">The people of the photos.</param>
/// <param name="result">The model.</param>
/// <param name="wrong">Faces that were left out.</param>
/// <param name="page">The page that shows them.</param>
/// <param name="installed">Where the model was installed; null when it was not.</param>
internal sealed class BuildOutcome(string photos, FamilyEnrolment family, BuildResult result, IReadOnlyList<CropSuggestion> wrong,
    string page, IModelStore? installed)
{
    /// <summary>What came of enrolling; null when nobody was to be enrolled.</summary>
    public IReadOnlyList<FamilyMemberEnrolled>? Enrolled { get; init; }

    /// <summary>The model in use names only people who are enrolled.</summary>
    public bool KnowsNobody { get; init; }

    /// <summary>From the first photo to the end.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>For programs.</summary>
    public void WriteJson() => Screen.WriteJson(new
    {
        candidates = result.Candidates, chosen = result.Chosen.Name, result.Explanation, test_accuracy = result.Test, result.TestCrops,
        left_out = wrong, review_page = page, installed = installed?.Current, enrolled = Enrolled, seconds = Took.TotalSeconds,
    });

    /// <summary>For people.</summary>
    public void WriteText()
    {
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Chosen: {result.Chosen.Name}. It puts the right person first in {result.Test.Value:0.0 %} of {result.TestCrops} pictures "
            + $"that were kept for measuring alone (95 %: {result.Test.Low:0.0 %} to {result.Test.High:0.0 %})."));
        if (Enrolled is not null) TellEnrolled(Enrolled);
        Console.Out.WriteLine(result.Explanation);
        if (wrong.Count > 0)
            Console.Out.WriteLine($"Left out as wrong: {(wrong.Count == 1 ? "1 face" : $"{wrong.Count} faces")}, on the page {page}.");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"It took {Took.TotalMinutes:0.0} minutes."));
        if (installed is null) return;
        Console.Out.WriteLine(
            $"It is installed in {installed.Current}, and checked in ONNX Runtime. A running doorbell uses it from the next ring "
            + $"on.{(installed.Previous is not null ? " The one before is kept: ./doorbell models rollback brings it back." : "")}");
        if (!KnowsNobody || Enrolled is not null) return;
        Console.Out.WriteLine("Nobody was enrolled. The doorbell knows people who are enrolled; whoever is not yet:");
        foreach ((string folder, string name) in family.Folders)
            Console.Out.WriteLine(
                $"  ./doorbell enroll {ShellWords.Quote(name)} --photos {ShellWords.Quote(Path.Combine(photos, folder))}");
    }

    private static void TellEnrolled(IReadOnlyList<FamilyMemberEnrolled> enrolled)
    {
        foreach (FamilyMemberEnrolled person in enrolled)
        {
            Console.Out.WriteLine(person.Problem is { } problem
                ? $"{person.Name}: {problem}"
                : $"{person.Name} is enrolled with {(person.Added == 1 ? "1 new picture" : $"{person.Added} new pictures")} "
                    + $"({person.Samples} in total).");
        }
    }
}
