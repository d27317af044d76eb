using DoorbellFace.Application.People;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;

namespace DoorbellFace.Adapters.LocalSocket;

/// <summary>What came of an enrolment at a running door, as it goes over the socket.</summary>
/// <param name="Name">Who.</param>
/// <param name="PersonId">The same for programs; null when the coach gave up.</param>
/// <param name="IsNew">Whether they were new and are enrolled now.</param>
/// <param name="Added">New pictures.</param>
/// <param name="Redundant">Pictures dropped because others say the same.</param>
/// <param name="Samples">Pictures of them now.</param>
/// <param name="LooksLike">Somebody else enrolled whom they look like; null for nobody.</param>
/// <param name="Refused">Frames that were not kept, with the reason.</param>
/// <param name="GaveUp">The coach gave up.</param>
public sealed record DoorEnrolment(
    string Name, PersonId? PersonId, bool IsNew, int Added, int Redundant, int Samples, string? LooksLike,
        IReadOnlyList<RefusedPicture> Refused, bool GaveUp)
{
    /// <summary>A report in these words.</summary>
    /// <param name="name">Who was asked for.</param>
    /// <param name="report">What came of it; null when the coach gave up.</param>
    public static DoorEnrolment Of(string name, EnrolmentReport? report) => report is null
        ? new DoorEnrolment(name, null, false, 0, 0, 0, null, [], true)
        : new DoorEnrolment(
            report.Person.Name, report.Person.Id, report.IsNew
                && report.Samples > 0, report.Result.Added.Count, report.Result.Redundant, report.Samples, report.LooksLike, report.Refused,
                false);
}
