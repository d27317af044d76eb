namespace DoorbellFace.Application.Doors;

/// <summary>Where the numbers of the doorbells that were seen are kept, as text.</summary>
public interface IDeviceMemory
{
    /// <summary>Where that is, for complaints.</summary>
    string Place { get; }

    /// <summary>They as they are written; null when there are none.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    string? Read();

    /// <summary>Writes them, whole or not at all, readable by their owner alone.</summary>
    /// <exception cref="DoorbellException">They cannot be kept; what was there is still there.</exception>
    void Write(string text);
}
