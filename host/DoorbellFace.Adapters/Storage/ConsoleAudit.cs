using DoorbellFace.Application.Page;
using DoorbellFace.Core.Identity;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The record of a data folder, for commands that are typed on the door's own computer.</summary>
public static class ConsoleAudit
{
    /// <summary>Notes what a command has changed.</summary>
    /// <param name="dataFolder">Whose record.</param>
    /// <param name="act">What was done.</param>
    /// <param name="person">To whom; null when it concerns nobody.</param>
    public static void Note(string dataFolder, AuditAct act, PersonId? person = null) =>
        new AuditLog(new FileAuditStorage(dataFolder), TimeProvider.System).Note(act, AuditLog.Console, person);
}
