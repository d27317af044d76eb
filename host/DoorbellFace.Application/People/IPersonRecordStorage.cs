namespace DoorbellFace.Application.People;

/// <summary>Where it is kept what is noted of people.</summary>
public interface IPersonRecordStorage
{
    /// <summary>Changes whenever it was written, by whatever program; cheap to ask. Never throws.</summary>
    string Stamp { get; }

    /// <summary>What is kept; null when nothing is.</summary>
    /// <exception cref="DoorbellException">It cannot be read.</exception>
    string? Read();

    /// <summary>Writes it, whole or not at all, readable by its owner alone.</summary>
    /// <exception cref="DoorbellException">It cannot be kept; what was there is still there.</exception>
    void Write(string text);
}
