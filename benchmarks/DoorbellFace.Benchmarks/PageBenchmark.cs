using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using Microsoft.Playwright;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench page: "./doorbell run" serves its page from a folder with many visits, and a client on this computer asks for each
/// place again and again, one request at a time.
/// </summary>
internal static partial class PageBenchmark
{
    private const string Password = "only for measuring";

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var visits = new Option<int[]>("--visits")
        {
            Description = "How many visits are kept; may be given several times.", HelpName = "N",
            DefaultValueFactory = _ => [10_000, 100_000],
        };
        var repeat = new Option<int>("--repeat")
        {
            Description = "Requests for each place.", HelpName = "N", DefaultValueFactory = _ => 50,
        };
        var paint = new Option<bool>("--paint") { Description = "Also when the visits are painted, in the system's Chromium." };
        var command = new Command("page", "Times the page of a doorbell that has many visits, and weighs it.") { visits, repeat, paint };
        command.SetAction(async (parsed, stop) =>
        {
            foreach (int count in parsed.GetValue(visits)!)
                Console.Out.Write(await MeasureAsync(count, parsed.GetValue(repeat), parsed.GetValue(paint), stop));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> MeasureAsync(int count, int repeat, bool paint, CancellationToken stop)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("doorbellface-bench-");
        try
        {
            string data = Path.Combine(folder.FullName, "data"), settings = Path.Combine(folder.FullName, "doorbell.json");
            Directory.CreateDirectory(data);
            (PersonId person, VisitRecord middle) = VisitsOfYears.Write(data, count);
            int port = FreePort();
            await File.WriteAllTextAsync(settings, $$"""{ "page": { "on": true, "port": {{port}} } }""", stop);
            await using var doorbell = new DoorbellOnPort(
                new VirtualDoorbellOptions(), () => Scenes.EmptyPorch, TimeProvider.System);
            doorbell.Start();
            using ChildProgram run = ChildProgram.Start(VisitorPhotos.Launcher(),
                ["run", "--settings", settings, "--port", doorbell.Terminal.PortPath, "--data", data, "--sound", "wav",
                    "--wav", Path.Combine(folder.FullName, "door.wav"), "--json"]);
            await run.WaitForAsync("link_up");
            using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
            await LogInAsync(client, stop);
            string table = await TableAsync(client, Places(person, middle), count, repeat, stop);
            if (paint) table += await PaintAsync(client.BaseAddress!, repeat);
            await run.StopAsync();
            return table;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <param name="Words">What it is.</param>
    /// <param name="Address">Where it is.</param>
    /// <param name="Once">What it does it does once: it is asked for so many times only, without warming up. 0: as usual.</param>
    private sealed record Place(string Words, string Address, int Once = 0);

    private static Place[] Places(PersonId person, VisitRecord middle) =>
    [
        new("visits, the newest", "visits"),
        new("visits, from the middle on",
            string.Create(CultureInfo.InvariantCulture, $"visits?after={middle.StartedAt.UtcTicks}_{middle.Id}")),
        new("visits of one person", $"visits?who={person}"),
        new("visits of strangers", "visits?who=strangers"),
        new("visits of one day", $"visits?day={middle.StartedAt:yyyy-MM-dd}"),
        new("visits of somebody who is in none", $"visits?who={Guid.NewGuid()}"),
        new("one visit", $"visits/{middle.Id}"),
        new("now", ""),
        new("people", "people"),
        new("to review, while 24 pictures are looked at", "review", 8),
        new("to review, 200 visits of which all are known", "review"),
    ];

    private static async Task<string> TableAsync(
        HttpClient client, Place[] places, int count, int repeat, CancellationToken stop)
    {
        var table = new StringBuilder();
        table.AppendLine(FormattableString.Invariant($"{count:N0} visits; {Machine.Description}, load {Machine.Load}"));
        table.AppendLine().AppendLine("| page | first byte, median | 95 of 100 | whole page, KB |").AppendLine("|---|---|---|---|");
        foreach ((string words, string address, int once) in places)
        {
            int times = once > 0 ? once : repeat;
            var milliseconds = new double[times];
            long bytes = 0;
            // What is compiled on first use is compiled.
            for (int i = 0; once == 0 && i < 5; i++) await client.GetByteArrayAsync(address, stop);
            for (int i = 0; i < times; i++) (milliseconds[i], bytes) = await AskAsync(client, address, stop);
            Array.Sort(milliseconds);
            double median = milliseconds[times / 2], slow = milliseconds[Math.Min(times - 1, times * 95 / 100)];
            table.AppendLine(FormattableString.Invariant(
                $"| {words} | {median:0.0} ms | {slow:0.0} ms | {bytes / 1000.0:0.0} |"));
        }
        return table.AppendLine().ToString();
    }

    /// <summary>
    /// When the visits are painted, as the browser says it: from the click to the first letters and pictures on the screen, which it draws
    /// into memory here.
    /// </summary>
    private static async Task<string> PaintAsync(Uri address, int repeat)
    {
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
                ?? throw new UserErrorException("--paint needs chromium.", ExitCode.BadInput),
            Args = ["--no-sandbox", "--disable-gpu"],
        });
        IPage page = await browser.NewPageAsync(new BrowserNewPageOptions { BaseURL = address.ToString() });
        await page.GotoAsync("/login");
        await page.GetByLabel("Password").FillAsync(Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("nav").WaitForAsync();
        var milliseconds = new double[repeat];
        for (int i = -3; i < repeat; i++)
        {
            await page.GotoAsync("/visits");
            double painted = await page.EvaluateAsync<double>(
                """
                new Promise(done => {
                  const look = () => {
                    const [entry] = performance.getEntriesByName("first-contentful-paint");
                    if (entry) done(entry.startTime);
                    else setTimeout(look, 10);
                  };
                  look();
                })
                """);
            if (i >= 0) milliseconds[i] = painted;
        }
        Array.Sort(milliseconds);
        double slow = milliseconds[Math.Min(repeat - 1, repeat * 95 / 100)];
        return string.Create(CultureInfo.InvariantCulture,
            $"Visits, the newest, painted: {milliseconds[repeat / 2]:0} ms median, {slow:0} ms at 95 of 100; load {Machine.Load}\n\n");
    }

    /// <summary>Milliseconds until the first byte of the page is there, and the bytes of the whole page.</summary>
    private static async Task<(double Milliseconds, long Bytes)> AskAsync(HttpClient client, string address, CancellationToken stop)
    {
        long begun = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, stop);
        answer.EnsureSuccessStatusCode();
        await using Stream body = await answer.Content.ReadAsStreamAsync(stop);
        var some = new byte[64 * 1024];
        long bytes = await body.ReadAsync(some, stop);
        double time = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        while (await body.ReadAsync(some, stop) is > 0 and int more) bytes += more;
        return (time, bytes);
    }

    /// <summary>The page's first run.</summary>
    private static async Task LogInAsync(HttpClient client, CancellationToken stop)
    {
        string welcome = "";
        while (welcome.Length == 0)
        {
            try
            {
                welcome = await client.GetStringAsync("welcome", stop);
            }
            catch (HttpRequestException error) when (error.InnerException is SocketException)
            {
                // The door is there a little before its page.
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
        }
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["password"] = Password,
            ["__RequestVerificationToken"] = WebUtility.HtmlDecode(Token().Match(welcome).Groups[1].Value),
        });
        using HttpResponseMessage answer = await client.PostAsync("welcome", form, stop);
        answer.EnsureSuccessStatusCode();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
