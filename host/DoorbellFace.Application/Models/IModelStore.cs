namespace DoorbellFace.Application.Models;

/// <summary>The family's own models: the one in use and the one before it.</summary>
public interface IModelStore
{
    /// <summary>The folder of the model in use; null when there is none and the shipped one serves.</summary>
    string? Current { get; }

    /// <summary>The folder of the one before it; null when there is none.</summary>
    string? Previous { get; }

    /// <summary>Changes whenever another model is put in place; cheap to ask.</summary>
    string Stamp { get; }

    /// <summary>Puts a copy of a model in place, in one step. The one in use until now is kept; the one before that goes.</summary>
    /// <param name="folder">A model's folder; it is copied.</param>
    /// <returns>Where it lies now.</returns>
    /// <exception cref="DoorbellException">It cannot be used, or not be kept.</exception>
    string Install(string folder);

    /// <summary>
    /// Brings the model before back into use; the one in use is kept in its place, so that doing it twice changes nothing.
    /// </summary>
    /// <exception cref="DoorbellException">There is none, or it cannot be used any more.</exception>
    void RollBack();

    /// <summary>
    /// Stops using the family's own model: the one that comes with the program serves again. The family's is kept as the one before.
    /// </summary>
    void UseShipped();
}
