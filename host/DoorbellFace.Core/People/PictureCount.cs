namespace DoorbellFace.Core.People;

/// <summary>How many pictures, as sentences say it.</summary>
public static class PictureCount
{
    /// <summary>"1 picture" or "4 pictures".</summary>
    /// <param name="count">0 or more.</param>
    public static string InWords(int count) => count == 1 ? "1 picture" : $"{count} pictures";
}
