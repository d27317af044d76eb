using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Networks and people that stay as they are: for a replay, a demonstration, and a network that was trained on the family.
/// </summary>
/// <param name="Recognizer">Finds and reads faces.</param>
/// <param name="Policy">Decides who it is.</param>
/// <param name="Names">Whom it can name.</param>
public sealed record FixedRecognition(FaceRecognizer? Recognizer, IMatchPolicy Policy, IReadOnlyList<string> Names) : IRecognition
{
    /// <inheritdoc/>
    public Func<IReadOnlyList<EnrolledPerson>, Household>? HouseholdOf { get; init; }

    /// <inheritdoc/>
    public string? Trouble => null;

    /// <inheritdoc/>
    public Core.Languages.Sentence? SpokenTrouble => null;

    /// <summary>The backbone with some people.</summary>
    public static FixedRecognition Of(FaceEngine engine, Gallery gallery) => Of(engine, engine.HouseholdOf(gallery.People));

    /// <summary>The backbone with some people and thresholds of their own.</summary>
    public static FixedRecognition Of(FaceEngine engine, Household household) => new(
        new FaceRecognizer(engine.Finder, engine.Reader),
        new GalleryPolicy(household, secondOpinion: SecondOpinion.Of(engine.Embedder.Manifest)),
        [.. household.Templates.Select(template => template.Person.Name)])
    {
        HouseholdOf = engine.HouseholdOf,
    };

    /// <summary>A network that was trained on the family and knows its labels.</summary>
    public static FixedRecognition Of(ClassifierEngine engine) =>
        new(new FaceRecognizer(engine.Finder, engine.Reader), new MatchPolicy(engine.Manifest), engine.Names);

    /// <inheritdoc/>
    public RecognitionChange? Refresh() => null;
}
