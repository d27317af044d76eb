using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Rules;

namespace DoorbellFace.Application.Rules;

/// <summary>The rules of the house, to look at and to change. A running door notices each change before its next ring.</summary>
/// <param name="storage">Where they are kept.</param>
public sealed class RulesService(IRulesStorage storage)
{
    /// <summary>The rules as they are.</summary>
    /// <exception cref="DoorbellException">They cannot be read; the sentence has all complaints, a line each.</exception>
    public HouseRules Read()
    {
        if (storage.Read() is not { } text) return HouseRules.None;
        var complaints = new List<string>();
        HouseRules rules = RulesJson.Read(text, complaints);
        return complaints.Count == 0
            ? rules
            : throw new DoorbellException(ErrorKind.UnusableInput,
                string.Join(Environment.NewLine,
                [$"The rules in {storage.Place} cannot be used, and none of them counts until they are mended:", .. complaints]),
                new Remedy(RemedyKey.ClearRules));
    }

    /// <summary>Changes them.</summary>
    /// <param name="change">From the rules as they are to those that are to be.</param>
    /// <returns>The rules as they are now.</returns>
    /// <exception cref="DoorbellException">They cannot be read or kept.</exception>
    public HouseRules Change(Func<HouseRules, HouseRules> change)
    {
        HouseRules rules = change(Read());
        storage.Write(RulesJson.Write(rules));
        return rules;
    }

    /// <summary>Takes every rule back, also those that cannot be read.</summary>
    /// <exception cref="DoorbellException">That cannot be kept.</exception>
    public void Clear() => storage.Write(RulesJson.Write(HouseRules.None));

    /// <summary>Leaves nothing about some people.</summary>
    /// <exception cref="DoorbellException">The rules cannot be read or kept.</exception>
    public void Forget(IReadOnlyCollection<PersonId> people)
    {
        // The file is written again only where it says something about them; what is hidden in comments of it goes with that.
        if (storage.Read() is { } text && people.Any(person => text.Contains(person.ToString(), StringComparison.OrdinalIgnoreCase)))
            Change(rules => rules.Without(people));
    }

    /// <summary>Lets the rules of one person count for another.</summary>
    /// <exception cref="DoorbellException">The rules cannot be read or kept.</exception>
    public void Merge(PersonId goes, PersonId stays)
    {
        if (storage.Read() is { } text && text.Contains(goes.ToString(), StringComparison.OrdinalIgnoreCase))
            Change(rules => rules.Merged(goes, stays));
    }
}
