using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What a screen reader is told of every page: roles, names and order, as Playwright reads them from the browser, compared with what is
/// committed beside this file. With DOORBELLFACE_SNAPSHOTS=renew in the environment they are written anew, to be read before they are
/// committed.
/// </summary>
[Collection(nameof(FurnishedPage))]
public sealed partial class SnapshotTests(FurnishedPage furnished)
{
    [ProgramFact(Chromium.Program, "chromium")]
    public async Task Every_page_tells_what_it_told_before()
    {
        IPage page = await furnished.OpenAsync();
        var differing = new List<string>();
        foreach ((string name, string address) in Places.Of(furnished.House))
        {
            await page.GotoAsync(address);
            await page.EvaluateAsync("document.querySelectorAll('details').forEach(details => details.open = true)");
            string told = Steady(await page.Locator("body").AriaSnapshotAsync()).TrimEnd() + "\n";
            string path = Path.Combine(Folder, $"{name}.yml");
            if (Environment.GetEnvironmentVariable("DOORBELLFACE_SNAPSHOTS") == "renew") await File.WriteAllTextAsync(path, told);
            else if (!File.Exists(path)) differing.Add($"{name}: there is no snapshot of it");
            else if (await File.ReadAllTextAsync(path) != told) differing.Add($"{name}:\n{told}");
        }
        await page.Context.CloseAsync();

        Assert.Empty(differing);
    }

    /// <summary>Without what differs from run to run: ids, ports, versions, and likeness in figures.</summary>
    private static string Steady(string told) =>
        Figures().Replace(Versions().Replace(Ports().Replace(Ids().Replace(told, "<id>"), "<port>"), "program <version>"), "<figure>");

    private static string Folder { get; } = Path.Combine(Repository.Root, "tests", "DoorbellFace.Browser.Tests", "Snapshots");

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Ids();

    [GeneratedRegex(@"/dev/pts/\d+")]
    private static partial Regex Ports();

    [GeneratedRegex(@"program [\d.]+")]
    private static partial Regex Versions();

    [GeneratedRegex(@"\b0\.\d\d\b")]
    private static partial Regex Figures();
}
