using DoorbellFace.Core.Visits;

namespace DoorbellFace.Application.Visits;

/// <summary>Opens the store of the visits.</summary>
public interface IVisitStorage
{
    /// <summary>
    /// Opens it for the one program that keeps visits; makes it if it is not there, and closes what a killed program left open.
    /// </summary>
    /// <exception cref="DoorbellException">It cannot be used, or another program keeps visits in it
    /// (<see cref="ErrorKind.InUse"/>).</exception>
    IVisitStore OpenAsOwner();

    /// <summary>Opens it to look at visits or to delete some; null when there are none. Asking makes nothing.</summary>
    /// <exception cref="DoorbellException">It cannot be used.</exception>
    IVisitStore? OpenIfThere();
}
