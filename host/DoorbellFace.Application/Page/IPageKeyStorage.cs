namespace DoorbellFace.Application.Page;

/// <summary>Keeps the keys by which the page knows its own cookies and forms again.</summary>
public interface IPageKeyStorage
{
    /// <summary>Every key, as XML.</summary>
    /// <exception cref="DoorbellException">They cannot be read.</exception>
    IReadOnlyList<string> ReadAll();

    /// <summary>Keeps one more, readable by its owner alone.</summary>
    /// <param name="name">Letters, digits and hyphens.</param>
    /// <param name="xml">The key.</param>
    /// <exception cref="DoorbellException">It cannot be kept.</exception>
    void Add(string name, string xml);
}
