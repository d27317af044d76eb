using System.Text.Json;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Application;
using DoorbellFace.Application.Models;

namespace DoorbellFace.Adapters.Storage;

/// <summary>
/// The family's models in a data folder: the one in use and the one before it. Each lies in a folder of its own below <c>models/</c>; which
/// of them is in use stands in one small file, <c>models/current.json</c>, which is replaced in one step: a program that is killed at any
/// moment leaves the old choice or the new one, and never neither. Folders that older programs made (<c>model</c>, <c>model.previous</c>)
/// count until the first change.
/// </summary>
/// <param name="dataFolder">The data folder; it need not be there.</param>
/// <param name="check">Throws when a folder holds no model that can be used; what it refuses does not take the place of a model that
/// works.</param>
public sealed class FolderModelStore(string dataFolder, Action<string> check) : IModelStore
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private string Root => Path.Combine(dataFolder, "models");

    private string ChoiceFile => Path.Combine(Root, "current.json");

    /// <inheritdoc/>
    public string? Current => FolderOf(ReadChoice().Current);

    /// <inheritdoc/>
    public string? Previous => FolderOf(ReadChoice().Previous);

    /// <inheritdoc/>
    public string Stamp
    {
        get
        {
            Choice choice = ReadChoice();
            var manifest = new FileInfo(Path.Combine(dataFolder, choice.Current ?? "model", "model.json"));
            return $"{choice.Current}@{(manifest.Exists ? manifest.LastWriteTimeUtc.Ticks : 0)}";
        }
    }

    /// <inheritdoc/>
    public string Install(string folder)
    {
        Choice before = ReadChoice();
        string name = Path.Combine("models", Guid.CreateVersion7().ToString("N"));
        string place = Path.Combine(dataFolder, name);
        try
        {
            PrivateFiles.CreateFolder(dataFolder);
            PrivateFiles.CreateFolder(Root);
            PrivateFiles.CreateFolder(place);
            foreach (string file in Directory.EnumerateFiles(folder)) PrivateFiles.Copy(file, Path.Combine(place, Path.GetFileName(file)));
            check(place);
            Choose(new Choice(name, before.Current));
        }
        catch (Exception error)
        {
            if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
            if (error is IOException or UnauthorizedAccessException)
                throw new DoorbellException(ErrorKind.UnusableInput, $"The model cannot be kept in {dataFolder}: {error.Message}",
                    new Remedy(RemedyKey.ChooseDataFolder), error);
            throw;
        }
        RemoveOthers();
        return place;
    }

    /// <inheritdoc/>
    public void RollBack()
    {
        Choice choice = ReadChoice();
        if (FolderOf(choice.Previous) is not { } previous)
            throw new DoorbellException(ErrorKind.NotFound,
                $"There is no earlier model in '{dataFolder}' to go back to. Installing a second one keeps the first.");
        check(previous);
        PrivateFiles.CreateFolder(Root);
        Choose(new Choice(choice.Previous, choice.Current));
    }

    /// <inheritdoc/>
    public void UseShipped()
    {
        if (ReadChoice() is not { Current: { } current }) return;
        PrivateFiles.CreateFolder(Root);
        Choose(new Choice(null, current));
    }

    private string? FolderOf(string? name) =>
        name is not null && Directory.Exists(Path.Combine(dataFolder, name)) ? Path.Combine(dataFolder, name) : null;

    private Choice ReadChoice()
    {
        try
        {
            Choice? choice = File.Exists(ChoiceFile) ? JsonSerializer.Deserialize<Choice>(File.ReadAllText(ChoiceFile), Readable) : null;
            if (choice is not null) return choice;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            // A choice that cannot be read is no choice: the shipped model serves, and the next installation writes a new one.
            return new Choice(null, null);
        }
        return new Choice(Directory.Exists(DataFolder.ModelIn(dataFolder)) ? "model" : null,
            Directory.Exists(DataFolder.PreviousModelIn(dataFolder)) ? "model.previous" : null);
    }

    private void Choose(Choice choice) => PrivateFiles.WriteWhole(ChoiceFile, JsonSerializer.Serialize(choice, Readable));

    /// <summary>What is neither in use nor the one before is of no use; a killed installation leaves such a folder, too.</summary>
    private void RemoveOthers()
    {
        Choice choice = ReadChoice();
        IEnumerable<string> folders = Directory.EnumerateDirectories(Root)
            .Concat([DataFolder.ModelIn(dataFolder), DataFolder.PreviousModelIn(dataFolder)]).Where(Directory.Exists);
        foreach (string folder in folders.Where(folder => folder != FolderOf(choice.Current) && folder != FolderOf(choice.Previous)))
            Directory.Delete(folder, recursive: true);
    }

    private sealed record Choice(string? Current, string? Previous);
}
