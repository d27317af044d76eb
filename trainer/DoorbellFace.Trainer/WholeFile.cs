namespace DoorbellFace.Trainer;

/// <summary>Writes files that are there whole or as they were before, whatever ends the program.</summary>
internal static class WholeFile
{
    /// <summary>Writes a text in place of what the file held.</summary>
    public static void WriteText(string path, string text)
    {
        string fresh = path + ".part";
        File.WriteAllText(fresh, text);
        File.Move(fresh, path, overwrite: true);
    }
}
