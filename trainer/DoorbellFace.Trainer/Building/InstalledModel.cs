using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Building;

/// <summary>The family's model in a data folder, from where the doorbell takes it, and the one before it.</summary>
/// <param name="dataFolder">The data folder; see <see cref="DataFolder"/>.</param>
internal sealed class InstalledModel(string dataFolder)
{
    /// <summary>The model in use, if there is one.</summary>
    public string Current => DataFolder.ModelIn(dataFolder);

    /// <summary>The one before it, if there is one.</summary>
    public string Previous => DataFolder.PreviousModelIn(dataFolder);

    /// <summary>Puts a model in place. It is there whole or not at all, and the one before is kept; only what was before that goes.</summary>
    /// <param name="folder">A model folder; it is copied.</param>
    public void Install(string folder)
    {
        string fresh = $"{Current}.new-{Environment.ProcessId}";
        Directory.CreateDirectory(fresh);
        try
        {
            foreach (string file in Directory.EnumerateFiles(folder)) File.Copy(file, Path.Combine(fresh, Path.GetFileName(file)));
            // A copy that the host would refuse must not take the place of a model that works.
            using (OnnxModel.Load(fresh, OnnxModel.TaskOf(fresh), threads: 1))
            {
            }
            if (Directory.Exists(Current))
            {
                string older = $"{Previous}.old-{Environment.ProcessId}";
                if (Directory.Exists(Previous)) Directory.Move(Previous, older);
                Directory.Move(Current, Previous);
                if (Directory.Exists(older)) Directory.Delete(older, recursive: true);
            }
            Directory.Move(fresh, Current);
        }
        finally
        {
            if (Directory.Exists(fresh)) Directory.Delete(fresh, recursive: true);
        }
    }

    /// <summary>Brings the model before back into use; the one in use is kept in its place, so that doing it twice changes nothing.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public void RollBack()
    {
        if (!Directory.Exists(Previous))
            throw new UserErrorException($"There is no earlier model in '{dataFolder}' to go back to. Installing a second one with ./doorbell build-model keeps the first.");
        string aside = $"{Current}.aside-{Environment.ProcessId}";
        if (Directory.Exists(Current)) Directory.Move(Current, aside);
        Directory.Move(Previous, Current);
        if (Directory.Exists(aside)) Directory.Move(aside, Previous);
    }
}
