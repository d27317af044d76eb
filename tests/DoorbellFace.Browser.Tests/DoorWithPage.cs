using System.Net;
using System.Net.Sockets;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Tests.Pipeline;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Vision;

namespace DoorbellFace.Browser.Tests;

/// <summary>The real program with its page, in a process of its own, at a virtual doorbell. Whoever rings is drawn.</summary>
internal sealed class DoorWithPage : IAsyncDisposable
{
    public const string Password = "correct horse battery";

    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly DoorbellAtTheDoor _doorbell;
    private RunningHost _host;
    private PixelBuffer _scene = Scenes.EmptyPorch;

    private DoorWithPage(int port, Action<DoorWithPage>? furnish)
    {
        Address = new Uri($"http://localhost:{port}/");
        _doorbell = new DoorbellAtTheDoor(scene: () => _scene);
        File.WriteAllText(_folder["doorbell.json"], $$"""{ "page": { "on": true, "port": {{port}} } }""");
        furnish?.Invoke(this);
        _host = StartHost();
    }

    public Uri Address { get; }

    public string DataFolder => _folder["data"];

    /// <summary>The processes that the program has started and that are there now.</summary>
    public IReadOnlyList<int> Children => LinuxProcess.ChildrenOf(_host.Id);

    /// <summary>Every file that the program has, in its data folder and for a while; without the runtime's own pipes.</summary>
    public IReadOnlyList<string> Files =>
        [.. ((string[])[DataFolder, _folder["tmp"]]).SelectMany(folder =>
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Where(path => !Path.GetFileName(path).StartsWith("dotnet-diagnostic", StringComparison.Ordinal)
                && !Path.GetFileName(path).StartsWith("clr-debug-pipe", StringComparison.Ordinal)
                && !DatabaseFiles.IsBeside(path))
            .Order(StringComparer.Ordinal)];

    /// <summary>Until the doorbell is understood and the page answers.</summary>
    /// <param name="furnish">Makes the data folder before the program starts; null: it is empty.</param>
    public static async Task<DoorWithPage> StartAsync(Action<DoorWithPage>? furnish = null)
    {
        var door = new DoorWithPage(FreePort(), furnish);
        try
        {
            await door._host.ReadUntilAsync("link_up");
            await door.IsServedAsync();
            return door;
        }
        catch
        {
            await door.DisposeAsync();
            throw;
        }
    }

    /// <summary>A drawn picture of somebody, as it would be of a visitor.</summary>
    public static PixelBuffer Picture(DrawnPerson person, int seed) =>
        FaceRenderer.Render(person, DrawnScene.Random(seed, SceneVariation.Visiting), 320, 240);

    /// <summary>Somebody rings, and is there until the visit is over.</summary>
    public async Task RingAsync(DrawnPerson person, int seed)
    {
        _scene = Picture(person, seed);
        await _doorbell.RingUntilANewVisitBeginsAsync(_host);
        await _host.ReadUntilAsync("visitor_identified");
        _scene = Scenes.EmptyPorch;
        await _host.ReadUntilAsync("visit_ended");
    }

    /// <summary>Somebody rings; the test goes on while they stand there.</summary>
    public async Task BeginToRingAsync(DrawnPerson person, int seed)
    {
        _scene = Picture(person, seed);
        await _doorbell.RingUntilANewVisitBeginsAsync(_host);
    }

    /// <summary>Somebody stands there, without ringing.</summary>
    public void Show(DrawnPerson person, int seed) => _scene = Picture(person, seed);

    /// <summary>They go away.</summary>
    public async Task LeaveAsync()
    {
        _scene = Scenes.EmptyPorch;
        await _host.ReadUntilAsync("visit_ended");
    }

    /// <summary>Photos of somebody as files.</summary>
    public string[] Photos(FamilyMember member, int count, int firstSeed) =>
    [
        .. Enumerable.Range(0, count).Select(index =>
        {
            string path = _folder[$"{member.Name}-{firstSeed + index}.png"];
            PictureFile.Write(path, Picture(member.Person, firstSeed + index));
            return path;
        }),
    ];

    /// <summary>The program is killed, without a chance to tidy up, and started again.</summary>
    /// <param name="between">What is looked at while it does not run.</param>
    public async Task KillAndStartAgainAsync(Func<Task> between)
    {
        await _host.KillAsync();
        await between();
        _host.Dispose();
        _host = StartHost();
        await _host.ReadUntilAsync("link_up");
        await IsServedAsync();
    }

    /// <summary>The events that the program has told of and that were waited for or passed over.</summary>
    public IEnumerable<string> Heard => _host.Lines.Select(line => line["event"]!.GetValue<string>());

    /// <summary>Until the doorbell's program says one of these events.</summary>
    public Task HearAsync(params string[] events) => _host.ReadUntilAsync(events);

    /// <summary>Ends the program in good order.</summary>
    public Task<int> StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        _host.Dispose();
        await _doorbell.DisposeAsync();
        _folder.Dispose();
    }

    private RunningHost StartHost() => RunningHost.StartIn(
        // Times of day are the same on every machine, and what is left in a folder for such things is this program's.
        new Dictionary<string, string> { ["TZ"] = "UTC", ["TMPDIR"] = Directory.CreateDirectory(_folder["tmp"]).FullName },
        "run", "--settings", _folder["doorbell.json"], "--port", _doorbell.PortPath, "--data", DataFolder, "--sound", "wav", "--wav",
            _folder["door.wav"], "--json");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task IsServedAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new HttpClient();
        while (true)
        {
            try
            {
                using HttpResponseMessage answer = await client.GetAsync(Address, limit.Token);
                return;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), limit.Token);
            }
        }
    }
}
