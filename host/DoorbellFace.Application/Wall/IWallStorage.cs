namespace DoorbellFace.Application.Wall;

/// <summary>Where the faces on the wall are kept.</summary>
public interface IWallStorage
{
    /// <summary>Where that is, for complaints.</summary>
    string Place { get; }

    /// <summary>Changes whenever they were written, by whomever; cheap to ask. Never throws.</summary>
    string Stamp { get; }

    /// <summary>They as they are written; null when there are none.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    string? Read();

    /// <summary>Writes them, whole or not at all, readable by their owner alone.</summary>
    /// <exception cref="DoorbellException">They cannot be kept; what was there is still there.</exception>
    void Write(string text);
}
