using DoorbellFace.Application;
using DoorbellFace.Core.People;
using DoorbellFace.Web.Words;

namespace DoorbellFace.Web.Pages;

/// <summary>People by what stands in an address.</summary>
internal static class PersonPlaces
{
    /// <summary>The person with that id.</summary>
    /// <exception cref="DoorbellException">There is none, or no longer.</exception>
    public static PersonOutline Find(IReadOnlyList<PersonOutline> everyone, string id, PageWords words) =>
        everyone.FirstOrDefault(person => person.Id.ToString() == id)
        ?? throw new DoorbellException(ErrorKind.NotFound, words[Phrase.NoSuchPerson]);
}
