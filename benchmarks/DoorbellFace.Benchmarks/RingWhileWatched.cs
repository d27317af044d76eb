using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// What it costs a ring that many watch the live picture: the time from the press to the name, without anybody and with viewers who each
/// listen to the news and ask for one picture after the other, as the page's script does. Both by turns, since the computer is not alone.
/// </summary>
internal static class RingWhileWatched
{
    private const int RingsInTurn = 5;

    /// <summary>More than two frames.</summary>
    private static readonly TimeSpan BeforeThePress = TimeSpan.FromSeconds(1.2);

    /// <summary>Rings so often under each condition, and gives a table.</summary>
    public static async Task<string> MeasureAsync(int viewers, int rings, CancellationToken stop)
    {
        PixelBuffer scene = Scenes.EmptyPorch;
        await using ServedPage page = await ServedPage.StartAsync(EnrolAsync, () => scene, stop);
        List<double> alone = [], watched = [];
        int seen = 0, ring = 0;
        long pictures = 0;
        while (watched.Count < rings)
        {
            Screen.Remark($"{alone.Count + watched.Count} of {2 * rings} rings.");
            for (int i = 0; i < RingsInTurn; i++) alone.Add(await RingAsync());
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task[] watching =
                [.. Enumerable.Range(0, viewers).Select(_ => WatchAsync(page, () => Interlocked.Increment(ref pictures), over.Token))];
            // Until frames come, as to somebody who has the page open.
            await Task.Delay(TimeSpan.FromSeconds(3), stop);
            for (int i = 0; i < RingsInTurn; i++) watched.Add(await RingAsync());
            await over.CancelAsync();
            await Task.WhenAll(watching);
        }
        Spread without = new(alone), with = new(watched);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            {Machine.Description}, load {Machine.Load}. {rings} rings each, by turns of {RingsInTurn}; {pictures} pictures were taken.

            | ms from the press to the name | median | 95 of 100 | worst |
            |---|---|---|---|
            | nobody watches | {without.Milliseconds} |
            | {viewers} watch | {with.Milliseconds} |
            | cost of the watching | {100 * ((with.Median / without.Median) - 1):0.0} % | {100 * ((with.Slow / without.Slow) - 1):0.0} % | |


            """);

        async Task<double> RingAsync()
        {
            scene = FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(46_000_000 + ring++, SceneVariation.Visiting), 320, 240);
            // Who presses stands there already: a frame that is on its way to those who watch shows them.
            await Task.Delay(BeforeThePress, stop);
            while (true)
            {
                DateTimeOffset pressed = DateTimeOffset.UtcNow;
                page.Device.Press();
                // A press too soon after an answer is taken for impatience.
                (JsonObject heard, seen) = await page.Run.WaitForNextAsync(seen, "visit_started", "rang_again");
                if (ChildProgram.NameOf(heard) != "visit_started") continue;
                (JsonObject named, seen) = await page.Run.WaitForNextAsync(seen, "visitor_identified");
                scene = Scenes.EmptyPorch;
                (_, seen) = await page.Run.WaitForNextAsync(seen, "visit_ended");
                return (named["at"]!.GetValue<DateTimeOffset>() - pressed).TotalMilliseconds;
            }
        }
    }

    /// <summary>Asks as the page does: always for the next picture.</summary>
    private static async Task WatchAsync(ServedPage page, Action taken, CancellationToken over)
    {
        try
        {
            using HttpResponseMessage news =
                await page.Client.GetAsync("now/events?watch=true", HttpCompletionOption.ResponseHeadersRead, over);
            news.EnsureSuccessStatusCode();
            Task reading = news.Content.CopyToAsync(Stream.Null, over);
            string number = "0";
            while (!over.IsCancellationRequested)
            {
                using HttpResponseMessage picture = await page.Client.GetAsync($"now/picture?after={number}", over);
                if (picture.StatusCode != HttpStatusCode.OK) continue;
                number = picture.Headers.GetValues("X-Picture").Single();
                await picture.Content.ReadAsByteArrayAsync(over);
                taken();
            }
            await reading;
        }
        catch (OperationCanceledException)
        {
            // They go away.
        }
    }

    private static async Task EnrolAsync(string data)
    {
        string photos = Path.Combine(Path.GetDirectoryName(data)!, "Anna");
        Directory.CreateDirectory(photos);
        for (int i = 0; i < 6; i++)
        {
            PictureFile.Write(Path.Combine(photos, $"{i}.png"),
                FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(41_000_000 + i, SceneVariation.Visiting), 320, 240));
        }
        using ChildProgram enrol =
            ChildProgram.Start(VisitorPhotos.Launcher(), ["enroll", "Anna", "--photos", photos, "--data", data]);
        if (await enrol.WaitForExitAsync() != 0) throw new UserErrorException("Anna could not be enrolled.", ExitCode.Failed);
    }
}
