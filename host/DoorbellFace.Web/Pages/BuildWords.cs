using DoorbellFace.Application.Training;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>How far a build is, in the words of the page; the trainer's own are English.</summary>
internal static class BuildWords
{
    private static readonly Phrase[] Steps =
    [
        Phrase.BuildFaces, Phrase.BuildReview, Phrase.BuildDividing, Phrase.BuildPlain, Phrase.BuildFineTuning, Phrase.BuildSmall,
        Phrase.BuildMeasuring,
    ];

    /// <summary>The step that the trainer is at.</summary>
    public static string StepOf(ModelBuild build, PageWords words) =>
        build.Step is var step && step >= 1 && step <= Steps.Length
            ? words.Say(Phrase.BuildStep, ("step", $"{step}"), ("steps", $"{build.Steps}"), ("what", words[Steps[step - 1]]))
            : words[Phrase.BuildStarting];

    /// <summary>How it ended, in a short sentence to be heard.</summary>
    public static string EndOf(ModelBuild? build, PageWords words) => words[build?.State switch
    {
        BuildState.Done => Phrase.BuildIsDone,
        BuildState.Cancelled => Phrase.BuildCancelled,
        _ => Phrase.BuildFailed,
    }];
}
