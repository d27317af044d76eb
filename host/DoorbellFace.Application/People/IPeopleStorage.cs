using DoorbellFace.Core.People;


namespace DoorbellFace.Application.People;

/// <summary>Opens the store of the people enrolled. Several programs may have it open at once.</summary>
public interface IPeopleStorage
{
    /// <summary>Opens it, and makes it if it is not there.</summary>
    /// <exception cref="DoorbellException">It cannot be used.</exception>
    IGalleryStore Open();

    /// <summary>Opens it; null when nobody was ever enrolled. Asking makes nothing.</summary>
    /// <exception cref="DoorbellException">It cannot be used.</exception>
    IGalleryStore? OpenIfThere();
}
