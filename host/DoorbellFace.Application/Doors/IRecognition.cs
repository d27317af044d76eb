using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Doors;

/// <summary>What a door looks with and whom it knows, kept up to date. One worker owns it.</summary>
public interface IRecognition
{
    /// <summary>Finds and reads the faces of a frame; null when no network could be loaded.</summary>
    FaceRecognizer? Recognizer { get; }

    /// <summary>What enrols people, over the same networks; null when there are none. It belongs to the recognition.</summary>
    GalleryTools? Tools => null;

    /// <summary>Decides who it is.</summary>
    IMatchPolicy Policy { get; }

    /// <summary>
    /// Makes what decides among other people by the same thresholds; null where people are not compared by embeddings. A new one comes with
    /// a new model.
    /// </summary>
    Func<IReadOnlyList<EnrolledPerson>, Household>? HouseholdOf => null;

    /// <summary>Whom it can name.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Why it knows fewer people than are enrolled, or sees nothing, as whole sentences; null when all is well.</summary>
    string? Trouble { get; }

    /// <summary>The same as a sentence to be spoken; null when all is well.</summary>
    Sentence? SpokenTrouble { get; }

    /// <summary>Looks whether people or models have changed since, whoever changed them, and takes the change over.</summary>
    /// <returns>What has changed; null when nothing has.</returns>
    RecognitionChange? Refresh();
}

/// <summary>Other people or another model decide from now on.</summary>
/// <param name="IsSameModel">Embeddings of before still count.</param>
/// <param name="Removed">People who were known before and are gone; those who were merged into another are not among them.</param>
public sealed record RecognitionChange(bool IsSameModel, IReadOnlySet<PersonId> Removed);
