namespace DoorbellFace.Vision;

/// <summary>Writes files that are there whole or as they were before, whatever ends the program.</summary>
public static class WholeFile
{
    private const string UnfinishedEnding = ".part";

    /// <summary>Writes a text in place of what the file held.</summary>
    /// <exception cref="IOException">It cannot be written; what was there is still there.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void WriteText(string path, string text) => Write(path, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>Writes bytes in place of what the file held.</summary>
    /// <inheritdoc cref="WriteText" path="/exception"/>
    public static void Write(string path, byte[] content) => Write(path, file => file.Write(content));

    /// <summary>Writes in place of what the file held.</summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; the stream can be sought.</param>
    /// <inheritdoc cref="WriteText" path="/exception"/>
    public static void Write(string path, Action<Stream> write)
    {
        string unfinished = path + UnfinishedEnding;
        try
        {
            using (var file = new FileStream(unfinished, FileMode.Create, FileAccess.ReadWrite))
            {
                write(file);
                // Onto the disk before the name: a power cut must not leave the name with half the content.
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, path, overwrite: true);
        }
        catch
        {
            File.Delete(unfinished);
            throw;
        }
    }
}
