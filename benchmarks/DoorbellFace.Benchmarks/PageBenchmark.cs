using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Visits;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// ./doorbell bench page: "./doorbell run" serves its page from a folder with many visits, and a client on this computer asks for each
/// place again and again, one request at a time.
/// </summary>
internal static class PageBenchmark
{
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
        var live = new Option<int>("--live")
        {
            Description = "Instead, how soon so many live frames are on a browser's screen.", HelpName = "N",
        };
        var viewers = new Option<int>("--viewers")
        {
            Description = "Instead, what it costs a ring that so many watch the live picture.", HelpName = "N",
        };
        var rings = new Option<int>("--rings")
        {
            Description = "With --viewers: rings with and without them.", HelpName = "N", DefaultValueFactory = _ => 20,
        };
        var command = new Command("page", "Times the page of a doorbell that has many visits, and weighs it.")
        {
            visits, repeat, paint, live, viewers, rings,
        };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(live) is > 0 and var frames) Console.Out.Write(await LivePicture.MeasureAsync(frames, stop));
            if (parsed.GetValue(viewers) is > 0 and var many)
                Console.Out.Write(await RingWhileWatched.MeasureAsync(many, parsed.GetValue(rings), stop));
            if (parsed.GetValue(live) > 0 || parsed.GetValue(viewers) > 0) return (int)ExitCode.Done;
            foreach (int count in parsed.GetValue(visits)!)
                Console.Out.Write(await MeasureAsync(count, parsed.GetValue(repeat), parsed.GetValue(paint), stop));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> MeasureAsync(int count, int repeat, bool paint, CancellationToken stop)
    {
        (PersonId person, VisitRecord middle) = (default, null!);
        await using ServedPage page = await ServedPage.StartAsync(data =>
        {
            (person, middle) = VisitsOfYears.Write(data, count);
            return Task.CompletedTask;
        }, scene: null, stop);
        string table = await TableAsync(page.Client, Places(person, middle), count, repeat, stop);
        return paint ? table + await PaintAsync(page.Address, repeat) : table;
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
        table.AppendLine().AppendLine("| page | first byte, ms, median | 95 of 100 | worst | whole page, KB |")
            .AppendLine("|---|---|---|---|---|");
        foreach ((string words, string address, int once) in places)
        {
            int times = once > 0 ? once : repeat;
            var milliseconds = new double[times];
            long bytes = 0;
            // What is compiled on first use is compiled.
            for (int i = 0; once == 0 && i < 5; i++) await client.GetByteArrayAsync(address, stop);
            for (int i = 0; i < times; i++) (milliseconds[i], bytes) = await AskAsync(client, address, stop);
            table.AppendLine(FormattableString.Invariant(
                $"| {words} | {new Spread(milliseconds).Milliseconds} | {bytes / 1000.0:0.0} |"));
        }
        return table.AppendLine().ToString();
    }

    /// <summary>
    /// When the visits are painted, as the browser says it, from the asking on: the first letters, and the largest thing on the screen. It
    /// draws into memory here.
    /// </summary>
    private static async Task<string> PaintAsync(Uri address, int repeat)
    {
        await using BrowserOfPage browser = await BrowserOfPage.OpenAsync(address);
        double[] first = new double[repeat], largest = new double[repeat];
        for (int i = -3; i < repeat; i++)
        {
            await browser.Page.GotoAsync("/visits");
            double[] painted = await browser.Page.EvaluateAsync<double[]>(
                """
                new Promise(done => {
                  let largest = 0;
                  new PerformanceObserver(list => largest = list.getEntries().at(-1).startTime)
                    .observe({ type: "largest-contentful-paint", buffered: true });
                  const look = () => {
                    const [entry] = performance.getEntriesByName("first-contentful-paint");
                    if (entry && largest > 0) done([entry.startTime, largest]);
                    else setTimeout(look, 10);
                  };
                  look();
                })
                """);
            if (i >= 0) (first[i], largest[i]) = (painted[0], painted[1]);
        }
        return $"""
            | ms until the newest visits are painted | median | 95 of 100 | worst |
            |---|---|---|---|
            | the first letters | {new Spread(first).Milliseconds} |
            | the largest part that is in sight | {new Spread(largest).Milliseconds} |

            {browser.Account} Load {Machine.Load}.


            """;
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
}
