using DoorbellFace.Core.Identity;
using DoorbellFace.Core.People;

namespace DoorbellFace.Application.People;

/// <summary>People by the names that people type, and samples by the ends of their ids.</summary>
public static class PersonLookup
{
    /// <summary>A person by name; letters of either case, and accents typed either way, are the same. Null when there is none.</summary>
    public static T? Find<T>(IReadOnlyList<T> people, string name)
        where T : class, INamedPerson
    {
        string folded = PersonName.Fold(name);
        return people.FirstOrDefault(person => PersonName.Fold(person.Name) == folded);
    }

    /// <summary>A person who must be there.</summary>
    /// <exception cref="DoorbellException">They are not.</exception>
    public static T Require<T>(IReadOnlyList<T> people, string name)
        where T : class, INamedPerson => Find(people, name) ?? throw (people.Count == 0
        ? new DoorbellException(ErrorKind.NotFound, $"Nobody is enrolled yet, so there is no {PersonName.Clean(name)}.",
            new Remedy(RemedyKey.Enrol))
        : new DoorbellException(ErrorKind.NotFound,
            $"There is no {PersonName.Clean(name)}. Enrolled: {string.Join(", ", people.Select(person => person.Name))}."));

    /// <summary>A name as it is kept and spoken.</summary>
    /// <exception cref="DoorbellException">It is no name.</exception>
    public static string CheckName(string name) => PersonName.Complaint(name) is { } complaint
        ? throw new DoorbellException(ErrorKind.InvalidValue, complaint)
        : PersonName.Clean(name);

    /// <summary>One picture of a person by the end of its id.</summary>
    /// <exception cref="DoorbellException">There is none, or there are several.</exception>
    public static SampleId OnePicture(PersonOutline person, string which)
    {
        SampleId[] found =
            [.. person.Samples.Select(sample => sample.Id)
                .Where(id => id.ToString().EndsWith(which.Trim(), StringComparison.OrdinalIgnoreCase))];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new DoorbellException(ErrorKind.NotFound, $"{person.Name} has no picture \"{which}\".",
                new Remedy(RemedyKey.SelfTest)),
            _ => throw new DoorbellException(ErrorKind.InvalidValue,
                $"{found.Length} pictures of {person.Name} have an id that ends in \"{which}\": give more of it."),
        };
    }
}
