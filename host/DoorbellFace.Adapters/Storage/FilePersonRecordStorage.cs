using DoorbellFace.Application.People;

namespace DoorbellFace.Adapters.Storage;

/// <summary>What is noted of people, in a data folder: <c>people.json</c>.</summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
public sealed class FilePersonRecordStorage(string dataFolder)
    : TextFileStorage(dataFolder, "people.json", "What is noted of people cannot be read", "What is noted of people cannot be kept"),
        IPersonRecordStorage;
