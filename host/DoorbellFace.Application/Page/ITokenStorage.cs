namespace DoorbellFace.Application.Page;

/// <summary>Where the tokens of other programs are kept.</summary>
public interface ITokenStorage
{
    /// <summary>Changes whenever they were written, by whatever program; cheap to ask. Never throws.</summary>
    string Stamp { get; }

    /// <summary>What is kept; null when nothing is.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    string? Read();

    /// <summary>Writes it, whole or not at all, readable by its owner alone.</summary>
    /// <exception cref="DoorbellException">It cannot be kept; what was there is still there.</exception>
    void Write(string text);
}
