using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using DoorbellFace.Adapters.Files;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Terminal;

namespace DoorbellFace.Benchmarks;

/// <summary>
/// "./doorbell run" with its page, at a virtual doorbell of this program, over a data folder that goes at the end; and somebody who is
/// logged in.
/// </summary>
internal sealed partial class ServedPage : IAsyncDisposable
{
    /// <summary>Opens the page.</summary>
    public const string Password = "only for measuring";

    private readonly DirectoryInfo _folder;
    private readonly DoorbellOnPort _doorbell;
    private readonly ChildProgram _run;

    private ServedPage(DirectoryInfo folder, DoorbellOnPort doorbell, ChildProgram run, Uri address)
    {
        (_folder, _doorbell, _run) = (folder, doorbell, run);
        Client = new HttpClient { BaseAddress = address };
    }

    /// <summary>Somebody who is logged in.</summary>
    public HttpClient Client { get; }

    /// <summary>Where the page is.</summary>
    public Uri Address => Client.BaseAddress!;

    /// <summary>The doorbell.</summary>
    public VirtualDevice Device => _doorbell.Device;

    /// <summary>The program.</summary>
    public ChildProgram Run => _run;

    /// <summary>Until the doorbell is understood and somebody is logged in.</summary>
    /// <param name="furnish">Makes what the data folder has; it gets an empty one.</param>
    /// <param name="scene">What the camera sees; null: nobody.</param>
    /// <param name="stop">Breaks it off.</param>
    public static async Task<ServedPage> StartAsync(Func<string, Task> furnish, Func<PixelBuffer>? scene, CancellationToken stop)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("doorbellface-bench-");
        string data = Path.Combine(folder.FullName, "data"), settings = Path.Combine(folder.FullName, "doorbell.json");
        PrivateFiles.CreateFolder(data);
        await furnish(data);
        int port = FreePort();
        await File.WriteAllTextAsync(settings, $$"""{ "page": { "on": true, "port": {{port}} } }""", stop);
        var doorbell = new DoorbellOnPort(new VirtualDoorbellOptions(), scene ?? (() => Scenes.EmptyPorch), TimeProvider.System);
        doorbell.Start();
        var page = new ServedPage(folder, doorbell, ChildProgram.Start(VisitorPhotos.Launcher(),
            ["run", "--settings", settings, "--port", doorbell.Terminal.PortPath, "--data", data, "--sound", "wav", "--wav",
                Path.Combine(folder.FullName, "door.wav"), "--json"]), new Uri($"http://localhost:{port}/"));
        try
        {
            await page._run.WaitForAsync("link_up");
            await page.LogInAsync(stop);
            return page;
        }
        catch
        {
            await page.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _run.StopAsync();
        _run.Dispose();
        await _doorbell.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>The page's first run.</summary>
    private async Task LogInAsync(CancellationToken stop)
    {
        string welcome = "";
        while (welcome.Length == 0)
        {
            try
            {
                welcome = await Client.GetStringAsync("welcome", stop);
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
        using HttpResponseMessage answer = await Client.PostAsync("welcome", form, stop);
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
