using System.Text.Json;
using Microsoft.Playwright;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// What somebody hears who cannot see the page: its title when it comes, what stands in the status as it changes, and what each key leads
/// to. It is put together from what Chromium tells screen readers (its accessibility tree) and is no screen reader: each of those adds
/// words of its own and may leave some out.
/// </summary>
internal sealed class Ear
{
    private readonly IPage _page;
    private readonly ICDPSession _browser;
    private readonly List<string> _heard = [];

    private Ear(IPage page, ICDPSession browser) => (_page, _browser) = (page, browser);

    /// <summary>Everything so far, a line each.</summary>
    public string Heard
    {
        get
        {
            lock (_heard) return string.Join('\n', _heard) + "\n";
        }
    }

    /// <summary>Listens from the next page on.</summary>
    public static async Task<Ear> AtAsync(IPage page)
    {
        var ear = new Ear(page, await page.Context.NewCDPSessionAsync(page));
        await page.ExposeFunctionAsync("hear", (string line) => ear.Hear(line));
        // A page that comes has its title read, and, where something went wrong, has the focus on that.
        await page.AddInitScriptAsync(
            """
            addEventListener("DOMContentLoaded", () => {
              hear(`page: ${document.title}`);
              const status = document.getElementById("status"), trouble = document.getElementById("trouble");
              trouble.addEventListener("focus", () => hear(`focus: ${trouble.innerText}`));
              new MutationObserver(() => { if (status.textContent) hear(`status: ${status.textContent}`); })
                .observe(status, { childList: true, characterData: true, subtree: true });
            });
            """);
        await ear._browser.SendAsync("Accessibility.enable");
        return ear;
    }

    /// <summary>Presses Tab until somebody is where they want to be, and hears each place on the way.</summary>
    /// <param name="name">The name of that place.</param>
    /// <param name="most">Tabs that are tried.</param>
    public async Task TabToAsync(string name, int most)
    {
        for (int tab = 0; tab < most; tab++) if (await PressAsync("Tab") == name) return;
        throw new InvalidOperationException($"{most} Tabs do not lead to {name}. Heard:\n{Heard}");
    }

    /// <summary>Presses a key that moves the focus, and hears where it is.</summary>
    /// <returns>The name of that place.</returns>
    public async Task<string> PressAsync(string key)
    {
        await _page.Keyboard.PressAsync(key);
        JsonElement focused = (await _browser.SendAsync("Runtime.evaluate",
            new Dictionary<string, object> { ["expression"] = "document.activeElement" }))!.Value.GetProperty("result");
        JsonElement tree = (await _browser.SendAsync("Accessibility.getPartialAXTree", new Dictionary<string, object>
        {
            ["objectId"] = focused.GetProperty("objectId").GetString()!, ["fetchRelatives"] = false,
        }))!.Value;
        JsonElement node = tree.GetProperty("nodes")[0];
        string description = Text(node, "description");
        Hear($"{key}: {Text(node, "name")}, {Text(node, "role")}{(description.Length > 0 ? $" ({description})" : "")}");
        return Text(node, "name");
    }

    /// <summary>Types letters, or presses a key that leads elsewhere.</summary>
    public async Task TypeAsync(string letters)
    {
        Hear($"typed: {letters}");
        if (letters == "Enter") await _page.Keyboard.PressAsync(letters);
        else await _page.Keyboard.TypeAsync(letters);
    }

    private static string Text(JsonElement node, string property) =>
        node.TryGetProperty(property, out JsonElement text) && text.TryGetProperty("value", out JsonElement value) ? $"{value}" : "";

    private void Hear(string line)
    {
        lock (_heard) _heard.Add(line);
    }
}
