using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What a screen reader is told of a page: roles, names and order, as Playwright reads them from the browser, compared with what is
/// committed in the folder Snapshots. With DOORBELLFACE_SNAPSHOTS=renew in the environment they are written again, to be read before they
/// are committed.
/// </summary>
internal static partial class AriaSnapshots
{
    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "DoorbellFace.Browser.Tests", "Snapshots");

    /// <summary>Compares the page that is open.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The snapshot's name.</param>
    /// <returns>What is told now, where that differs; null where it does not.</returns>
    public static async Task<string?> ComplaintAsync(IPage page, string name)
    {
        return await ComplaintAsync((await page.Locator("body").AriaSnapshotAsync()).TrimEnd() + "\n", $"{name}.yml");
    }

    /// <summary>Compares what was heard.</summary>
    /// <param name="told">All of it.</param>
    /// <param name="file">The snapshot's file.</param>
    /// <returns>What is told now, where that differs; null where it does not.</returns>
    public static async Task<string?> ComplaintAsync(string told, string file)
    {
        string path = Path.Combine(Folder, file);
        told = Steady(told);
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_SNAPSHOTS") == "renew") await File.WriteAllTextAsync(path, told);
        if (!File.Exists(path)) return $"there is no snapshot {file}";
        return await File.ReadAllTextAsync(path) == told ? null : $"differs from the snapshot {file}, and tells now:\n{told}";
    }

    /// <summary>Fails with all that was heard where that is not what is committed.</summary>
    /// <param name="told">All of it.</param>
    /// <param name="file">The snapshot's file.</param>
    public static async Task AssertAsync(string told, string file)
    {
        string? complaint = await ComplaintAsync(told, file);
        Assert.True(complaint is null, complaint);
    }

    /// <summary>
    /// Without what differs from run to run: ids, ports, versions, folders, the picture's time, what time it was today, likeness in
    /// figures, and what a busy computer makes of the cable.
    /// </summary>
    private static string Steady(string told) =>
        Unsteady().Replace(told, match => $"<{match.Groups.Keys.Last(key => match.Groups[key].Success)}>");

    [GeneratedRegex(
        """
        (?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})
        | (?<port>/dev/pts/\d+|/\S+/bell(?=\ at\ )) | (?<version>program\ \d+\.\d+\.\d+)
        | (?<file>/\S+/door\.wav) | (?<time>(?<=Picture\ of\ )[^"\n]+)
        | (?<figure>\b0\.\d\d\b) | (?<moment>\b(today|yesterday),\ \d?\d:\d\d)
        | (?<cable>Every\ picture\ arrives\ whole\.|(One|\d+)\ pictures?\ arrived\ too\ damaged\ to\ use;\ \d+\ could\ be\ mended\.)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Unsteady();
}
