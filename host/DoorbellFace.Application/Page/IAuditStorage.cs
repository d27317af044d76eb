namespace DoorbellFace.Application.Page;

/// <summary>Keeps a record that grows by lines, and forgets the oldest. Thread-safe.</summary>
public interface IAuditStorage
{
    /// <summary>Adds a line.</summary>
    /// <exception cref="DoorbellException">It cannot be kept.</exception>
    void Append(string line);

    /// <summary>Every line that is kept, the oldest first.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    IEnumerable<string> Read();
}
