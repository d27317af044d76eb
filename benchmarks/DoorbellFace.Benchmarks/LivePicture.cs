using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// How soon a live frame is on the browser's screen after its last byte has left the doorbell. Each frame carries its number as black and
/// white fields, which are read off the page's own canvas.
/// </summary>
internal static class LivePicture
{
    private const int Bits = 12, FieldPixels = 20, FieldRow = 30;

    /// <summary>
    /// Reads the number of each frame that the page draws, and when it is on the screen: the task after the next repainting. Clocks are the
    /// computer's on both sides.
    /// </summary>
    private const string Reader =
        """
        (() => {
          const draw = CanvasRenderingContext2D.prototype.drawImage;
          window.painted = [];
          CanvasRenderingContext2D.prototype.drawImage = function (...args) {
            draw.apply(this, args);
            const row = this.getImageData(0, 30, 240, 1).data;
            let number = 0;
            for (let bit = 0; bit < 12; bit++) number = 2 * number + (row[4 * (20 * bit + 10)] > 127 ? 1 : 0);
            requestAnimationFrame(() => setTimeout(() => window.painted.push([number, performance.timeOrigin + performance.now()])));
          };
        })();
        """;

    /// <summary>Watches so many frames, and gives a table.</summary>
    public static async Task<string> MeasureAsync(int frames, CancellationToken stop)
    {
        int begun = 0;
        ConcurrentDictionary<int, int> numbers = [];
        ConcurrentDictionary<int, double> ended = [];
        await using ServedPage page = await ServedPage.StartAsync(_ => Task.CompletedTask, () => Numbered(++begun), stop);
        page.Device.FrameBegun += frame => numbers[frame.Sequence] = begun;
        page.Device.FrameEnded += frame => ended[numbers[frame.Sequence]] = Now();
        await using BrowserOfPage browser = await BrowserOfPage.OpenAsync(page.Address, Reader);
        await browser.Page.GotoAsync("/");
        int first = begun + 4;
        Screen.Remark($"{frames} live frames are watched.");
        while (begun < first + frames) await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
        string json = await browser.Page.EvaluateAsync<string>("JSON.stringify(window.painted)");
        double[][] painted = JsonSerializer.Deserialize<double[][]>(json)!;
        double[] late =
        [
            .. painted.Where(one => one[0] >= first && one[0] < first + frames && ended.ContainsKey((int)one[0]))
                .Select(one => one[1] - ended[(int)one[0]]),
        ];
        if (late.Length == 0) throw new UserErrorException("No frame was painted.", ExitCode.Failed);
        var spread = new Spread(late);
        return string.Create(CultureInfo.InvariantCulture,
            $"""
            {Machine.Description}, load {Machine.Load}. {frames} frames were sent, {spread.Count} of them painted. {browser.Account}

            | ms from a frame's last byte to the screen | median | 95 of 100 | worst |
            |---|---|---|---|
            | live picture | {spread.Milliseconds} |


            """);
    }

    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;

    /// <summary>The empty porch with fields above, the highest bit on the left; the number is taken modulo 4096.</summary>
    private static PixelBuffer Numbered(int number)
    {
        PixelBuffer porch = Scenes.EmptyPorch;
        byte[] pixels = porch.Memory.ToArray();
        for (int bit = 0; bit < Bits; bit++)
        {
            byte level = (byte)((number >> (Bits - 1 - bit) & 1) == 1 ? 230 : 20);
            for (int y = FieldRow - FieldPixels; y < FieldRow + FieldPixels; y++)
                pixels.AsSpan((y * porch.Width) + (bit * FieldPixels), FieldPixels).Fill(level);
        }
        return new PixelBuffer(porch.Width, porch.Height, PixelFormat.Gray8, pixels);
    }
}
