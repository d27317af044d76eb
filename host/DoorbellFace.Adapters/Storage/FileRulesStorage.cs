using DoorbellFace.Application.Rules;

namespace DoorbellFace.Adapters.Storage;

/// <summary>The rules of a data folder: <c>rules.json</c>.</summary>
/// <param name="folder">The data folder; it need not be there.</param>
public sealed class FileRulesStorage(string folder)
    : TextFileStorage(folder, "rules.json", "The rules cannot be read", "The rules cannot be kept"), IRulesStorage;
