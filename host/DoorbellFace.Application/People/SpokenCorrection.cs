using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>
/// Learns from a sentence such as "That was Ben." who the last visitor was, and from "That was not Anna." who it was not. Whoever is new is
/// enrolled with the picture of that visit. Somebody who speaks means it: no question is asked back, and the last enrolment of a person can
/// be taken back as any other.
/// </summary>
/// <param name="people">Who is enrolled.</param>
/// <param name="visits">The visits.</param>
/// <param name="enrolment">Learns the pictures.</param>
/// <param name="loadTools">Loads the networks.</param>
/// <param name="language">What is said, and answered, in.</param>
public sealed class SpokenCorrection(PeopleService people, VisitService visits, EnrolmentService enrolment, Func<GalleryTools> loadTools,
    Language language)
{
    /// <summary>Longer ago than this nobody means the last visitor any more.</summary>
    public static readonly TimeSpan LatestAfter = TimeSpan.FromHours(12);

    /// <summary>Learns from a sentence. Takes as long as loading the networks does.</summary>
    /// <param name="said">What somebody said or typed.</param>
    /// <param name="now">When, by the clock on the wall.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="DoorbellException">There is no name in it, no visit that it could mean, or a store or network cannot be
    /// used.</exception>
    public CorrectionReport Correct(string said, DateTimeOffset now)
    {
        if (language.NameIn(said, out bool isNot) is not { } spoken)
            throw new DoorbellException(ErrorKind.InvalidValue,
                $"Expected a name, or a sentence such as \"That was Ben.\"; found \"{said}\".");
        IReadOnlyList<PersonOutline> all = people.List();
        PersonOutline? known = PersonLookup.Find(all, spoken);
        string name = known?.Name ?? Capitalised(PersonLookup.CheckName(spoken));
        VisitRecord visit = visits.Show(VisitService.Last);
        if (now - visit.StartedAt > LatestAfter)
            throw new DoorbellException(ErrorKind.NotFound, "The last visit was too long ago for anybody to mean it.");
        using GalleryTools tools = loadTools();
        var correction = new VisitCorrection(people, visits, enrolment);
        if (isNot)
        {
            PersonOutline denied = PersonLookup.Require(all, name);
            bool isKept = correction.IsNot(visit.Id.ToString(), denied.Name, tools);
            return new CorrectionReport(
                visit, isKept ? null : visit.Name,
                language.Say(isKept ? Sentence.CorrectedNot : Sentence.NotCorrected, ("name", denied.Name)), isKept);
        }
        EnrolmentReport report = correction.ItIs(visit.Id.ToString(), name, tools, anyway: true);
        // A picture that is kept already, or that others make superfluous, was learnt before.
        bool isLearnt = report.Result.Added.Count > 0 || report.Result.Redundant > 0;
        Sentence answer = !isLearnt ? Sentence.NotCorrected : report.IsNew ? Sentence.CorrectedNew : Sentence.Corrected;
        return new CorrectionReport(visit, name, language.Say(answer, ("name", name)), isLearnt);
    }

    /// <summary>What hears people speak often writes names small.</summary>
    private static string Capitalised(string name) =>
        name.Any(char.IsUpper)
            ? name
            : string.Join(' ', name.Split(' ').Select(word => string.Concat(word[..1].ToUpperInvariant(), word.AsSpan(1))));
}

/// <summary>What came of a correction.</summary>
/// <param name="Visit">The visit that was meant.</param>
/// <param name="Name">Who it was; null when only somebody is ruled out.</param>
/// <param name="Answer">What is said to whoever spoke.</param>
/// <param name="IsLearnt">The picture is kept.</param>
public sealed record CorrectionReport(VisitRecord Visit, string? Name, string Answer, bool IsLearnt);
