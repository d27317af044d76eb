namespace DoorbellFace.Core.Visits;

/// <summary>Keeps visits for good. Calls are short and synchronous; one worker makes them.</summary>
public interface IVisitStore
{
    /// <summary>Keeps a visit as it stands, new or known by its id. A visit with <see cref="VisitRecord.EndedAt"/> survives a power cut from then on.</summary>
    void Save(VisitRecord visit);

    /// <summary>The newest visits, the newest first.</summary>
    IReadOnlyList<VisitRecord> Recent(int count);

    /// <summary>One visit, or null.</summary>
    VisitRecord? Find(Guid id);

    /// <summary>Removes a visit and its picture for good; false when there is none.</summary>
    bool Delete(Guid id);
}
