using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.People;

/// <summary>Learns from somebody's word who the visitor of a visit was, or was not, and takes it back.</summary>
/// <param name="people">Who is enrolled.</param>
/// <param name="visits">The visits.</param>
/// <param name="enrolment">Learns the pictures.</param>
public sealed class VisitCorrection(PeopleService people, VisitService visits, EnrolmentService enrolment)
{
    /// <summary>Learns who it was; whoever is new is enrolled. That it was not the one whose name was said is remembered as well.</summary>
    /// <param name="which">The visit: its id, the end of it, or "last".</param>
    /// <param name="name">Who it was.</param>
    /// <param name="tools">The networks.</param>
    /// <param name="anyway">Take the picture although it may be of somebody else.</param>
    /// <exception cref="DoorbellException">There is no such visit or no picture of it, the name is none, or the picture raises a doubt;
    /// nothing was learnt.</exception>
    public EnrolmentReport ItIs(string which, string name, GalleryTools tools, bool anyway)
    {
        VisitRecord visit = visits.Show(which);
        EnrolmentReport report = enrolment.FromVisit(name, visit.Id.ToString(), tools, anyway);
        if (visit.Person is { } taken && taken != report.Person.Id
            && people.List().FirstOrDefault(person => person.Id == taken) is { } other)
            enrolment.Exclude(other.Name, visit.Id.ToString(), tools);
        return report;
    }

    /// <summary>Remembers that it was not somebody.</summary>
    /// <param name="which">The visit: its id, the end of it, or "last".</param>
    /// <param name="name">Who it was not.</param>
    /// <param name="tools">The networks.</param>
    /// <returns>Whether the picture is kept for that; without a face in it there is nothing to learn.</returns>
    /// <exception cref="DoorbellException">There is no such person or visit, or no picture of it.</exception>
    public bool IsNot(string which, string name, GalleryTools tools) => enrolment.Exclude(name, which, tools).Added.Count > 0;

    /// <summary>What somebody has said of a visit, by the pictures that were learnt of it.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="everyone">Who is enrolled.</param>
    public static IReadOnlyList<VisitVerdict> Of(VisitId visit, IReadOnlyList<PersonOutline> everyone) =>
    [
        .. from person in everyone
           from sample in person.Samples
           where sample.Visit == visit
           select new VisitVerdict(person, sample.IsNegative, sample.Enrolment),
    ];

    /// <summary>Takes back what was said of a visit, however long ago that was: the picture that was learnt goes.</summary>
    /// <param name="which">The visit: its id, the end of it, or "last".</param>
    /// <param name="name">Of whom it was said.</param>
    /// <exception cref="DoorbellException">There is no such visit or person, or nothing of the kind was said.</exception>
    public void TakeBack(string which, string name)
    {
        IReadOnlyList<PersonOutline> everyone = people.List();
        PersonOutline person = PersonLookup.Require(everyone, name);
        VisitVerdict said = Of(visits.Show(which).Id, everyone).FirstOrDefault(verdict => verdict.Person.Id == person.Id)
            ?? throw new DoorbellException(ErrorKind.NotFound, "That has been taken back already.");
        people.UndoEnrolment(person.Name, said.Enrolment);
    }
}

/// <summary>What somebody has said of a visit.</summary>
/// <param name="Person">Of whom.</param>
/// <param name="IsNot">It was not them.</param>
/// <param name="Enrolment">Names what was learnt; null in what older programs kept.</param>
public sealed record VisitVerdict(PersonOutline Person, bool IsNot, Guid? Enrolment);
