namespace DoorbellFace.Trainer;

/// <summary>Writes files that are there whole or as they were before, whatever ends the program.</summary>
internal static class WholeFile
{
    /// <summary>Writes a text in place of what the file held.</summary>
    public static void WriteText(string path, string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        Write(path, file => file.Write(bytes));
    }

    /// <summary>Writes bytes in place of what the file held.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes them; the stream can be sought.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string fresh = path + ".part";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.ReadWrite))
        {
            write(file);
            // Onto the disk before the name: a power cut must not leave the name with half the content.
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }
}
