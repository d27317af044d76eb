namespace DoorbellFace.Application.Rules;

/// <summary>Where the rules of the house are kept.</summary>
public interface IRulesStorage
{
    /// <summary>Where that is, for complaints.</summary>
    string Place { get; }

    /// <summary>Changes whenever the rules were written, by whomever; cheap to ask. Never throws.</summary>
    string Stamp { get; }

    /// <summary>The rules as they are written; null when there are none.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    string? Read();

    /// <summary>Writes the rules, whole or not at all, readable by their owner alone.</summary>
    /// <exception cref="DoorbellException">They cannot be kept; what was there is still there.</exception>
    void Write(string text);
}
