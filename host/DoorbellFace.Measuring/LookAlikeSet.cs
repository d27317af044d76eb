namespace DoorbellFace.Measuring;

/// <summary>A household and the strangers who come to its door.</summary>
/// <param name="Name">How it is called in tables.</param>
/// <param name="People">The family; some photos of each enrol them, the others are asked about.</param>
/// <param name="Strangers">Who is nobody's family.</param>
/// <param name="LeaveOneOut">Each of the family in turn is also a stranger to the others.</param>
public sealed record LookAlikeSet(string Name, IReadOnlyList<PersonPhotos> People, IReadOnlyList<PersonPhotos> Strangers, bool LeaveOneOut)
{
    /// <summary>So many of the strangers, those most like the family by the teacher, are kept; null for all of them.</summary>
    public int? NearestStrangers { get; init; }
}
