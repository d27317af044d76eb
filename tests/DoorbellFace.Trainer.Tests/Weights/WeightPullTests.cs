using System.Security.Cryptography;
using System.Text.Json;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Network;
using DoorbellFace.Trainer.Weights;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>Downloads from a server on this machine that does what servers and networks do.</summary>
public sealed class WeightPullTests : IDisposable
{
    private static readonly byte[] Content = MakeContent();
    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Content));
    private static readonly PublishedWeights Weights = new("resnet18", $"resnet18-{Hash[..8]}.pth", 0.3);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-pull-");
    private readonly WeightStore _store;

    public WeightPullTests() => _store = new WeightStore(Path.Combine(_folder.FullName, "weights"));

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Fetches_a_file_and_records_its_hash()
    {
        using var server = new LocalFileServer(Content);
        var progress = new List<(long, long?)>();

        bool came = Pull(server, (done, total) => progress.Add((done, total)));

        Assert.True(came);
        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
        Assert.False(File.Exists(_store.PartOf(Weights)));
        Assert.Equal((Content.Length, Content.Length), progress[^1]);
        Assert.Equal(progress.Order(), progress);
        Assert.Equal([$"GET /models/{Weights.FileName} HTTP/1.1"], server.Requests);
        JsonElement record =
            JsonDocument.Parse(File.ReadAllText(Path.Combine(_store.Folder, "weights.json"))).RootElement.GetProperty(Weights.FileName);
        Assert.Equal(Hash, record.GetProperty("sha256").GetString());
        Assert.Equal(new Uri(server.Home, Weights.FileName).ToString(), record.GetProperty("source").GetString());
    }

    [Fact]
    public void Fetches_nothing_that_is_here()
    {
        using var server = new LocalFileServer(Content);
        Pull(server);

        Assert.False(Pull(server));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Goes_on_where_a_connection_ended()
    {
        using var server = new LocalFileServer(Content);
        server.EndsAfter.Enqueue(100_000);
        server.EndsAfter.Enqueue(50_000);

        Pull(server);

        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
        string line = $"GET /models/{Weights.FileName} HTTP/1.1";
        Assert.Equal([line, line + " from 100000", line + " from 150000"], server.Requests);
    }

    [Fact]
    public void Goes_on_where_an_earlier_run_was_stopped()
    {
        using var server = new LocalFileServer(Content);
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() => Pull(server, (done, _) => { if (done > 0) stop.Cancel(); }, stop.Token));
        long kept = new FileInfo(_store.PartOf(Weights)).Length;
        Pull(server);

        Assert.InRange(kept, 1, Content.Length);
        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
        Assert.EndsWith($" from {kept}", server.Requests.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public void Begins_anew_with_a_server_that_knows_no_ranges()
    {
        using var server = new LocalFileServer(Content) { KnowsRanges = false };
        server.EndsAfter.Enqueue(100_000);

        Pull(server);

        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
    }

    [Fact]
    public void Is_content_with_a_part_that_is_whole_already()
    {
        Directory.CreateDirectory(_store.Folder);
        File.WriteAllBytes(_store.PartOf(Weights), Content);
        using var server = new LocalFileServer(Content);

        Pull(server);

        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
    }

    [Fact]
    public void Gives_up_a_silent_connection_and_tries_another()
    {
        using var server = new LocalFileServer(Content) { FallsSilentOnce = true };

        Pull(server);

        Assert.Equal(2, server.Requests.Count);
        Assert.Equal(Content, File.ReadAllBytes(_store.PathOf(Weights)));
    }

    [Fact]
    public void Tries_again_when_the_server_is_busy()
    {
        using var server = new LocalFileServer(Content);
        server.Statuses.Enqueue("503 Service Unavailable");
        server.Statuses.Enqueue("429 Too Many Requests");

        Pull(server);

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public void Says_at_once_when_the_server_does_not_have_the_file()
    {
        using var server = new LocalFileServer(Content);
        server.Statuses.Enqueue("404 Not Found");

        Assert.Equal($"{new Uri(server.Home, Weights.FileName)} could not be fetched: the server answers 404 (NotFound).",
            Refusal(server).Message);
        Assert.Single(server.Requests);
    }

    [Fact]
    public void Keeps_what_has_come_when_it_gives_up()
    {
        using var server = new LocalFileServer(Content);
        server.EndsAfter.Enqueue(100_000);
        for (int i = 0; i < 4; i++) server.EndsAfter.Enqueue(0);

        UserErrorException error = Refusal(server);

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains("100000 bytes have come so far and are kept; the same command goes on from there.", error.Message,
            StringComparison.Ordinal);
        Assert.Equal(Content[..100_000], File.ReadAllBytes(_store.PartOf(Weights)));
    }

    [Fact]
    public void Refuses_another_file_and_deletes_it()
    {
        byte[] other = [.. Content];
        other[7]++;
        using var server = new LocalFileServer(other);

        UserErrorException error = Refusal(server);

        Assert.Equal(ExitCode.Failed, error.ExitCode);
        Assert.Contains($"is not {Weights.FileName}: its SHA-256 begins with ", error.Message, StringComparison.Ordinal);
        Assert.Contains($", and {Hash[..8]} was published. It was deleted", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_store.Folder));
    }

    [Fact]
    public void Refuses_a_truncated_file_of_a_server_that_says_no_length()
    {
        using var server = new LocalFileServer(Content) { SaysLength = false };
        server.EndsAfter.Enqueue(100_000);

        Assert.Contains("its SHA-256 begins with", Refusal(server).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(_store.Folder));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Refuses_more_than_the_weights_can_have(bool saysLength)
    {
        using var server = new LocalFileServer(new byte[500_000]) { SaysLength = saysLength };

        Assert.Contains("bytes or more, and at most 360000 were expected: this is another file.", Refusal(server).Message,
            StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(_store.PartOf(Weights)).Length);
    }

    [Fact]
    public void Takes_files_from_a_folder_by_the_same_rules()
    {
        string usb = Path.Combine(_folder.FullName, "usb");
        Directory.CreateDirectory(usb);
        string missing = Assert.Throws<UserErrorException>(() => FromFolder(usb)).Message;
        File.WriteAllBytes(Path.Combine(usb, Weights.FileName), Content[..1000]);
        string truncated = Assert.Throws<UserErrorException>(() => FromFolder(usb)).Message;
        File.WriteAllBytes(Path.Combine(usb, Weights.FileName), Content);

        Assert.True(FromFolder(usb));
        Assert.StartsWith(
            $"There is no '{Path.Combine(usb, Weights.FileName)}'. Fetch it on another computer from https://download.pytorch.org/models/",
                missing, StringComparison.Ordinal);
        Assert.Contains("(1000 bytes) is not", truncated, StringComparison.Ordinal);
        Assert.Equal(WeightCondition.Sound, _store.Check(Weights));
    }

    [Fact]
    public void Holds_a_file_to_the_hash_it_first_came_with_even_where_its_name_would_allow_another()
    {
        using var server = new LocalFileServer(Content);
        Pull(server);
        // As if it had first come with another hash that begins with the same eight digits.
        string records = Path.Combine(_store.Folder, "weights.json");
        File.WriteAllText(records, File.ReadAllText(records).Replace(Hash, Hash[..8] + new string('0', 56), StringComparison.Ordinal));

        Assert.Equal(WeightCondition.Changed, _store.Check(Weights));
        Assert.Contains("is not what it first was", Refusal(server).Message, StringComparison.Ordinal);
        File.Delete(_store.PathOf(Weights));
        Assert.Contains("and when it first came, on ", Refusal(server).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Notices_one_changed_byte()
    {
        using var server = new LocalFileServer(Content);
        Pull(server);
        byte[] changed = [.. Content];
        changed[^1]++;
        File.WriteAllBytes(_store.PathOf(Weights), changed);

        Assert.Equal(WeightCondition.Changed, _store.Check(Weights));
    }

    [Fact]
    public void A_file_whose_whole_hash_was_published_is_held_to_all_of_it()
    {
        PublishedWeights whole = Weights with { FileName = "package.nupkg", HashStart = Hash };
        using var server = new LocalFileServer(Content);

        Assert.True(Puller().FromNetwork(whole, server.Home, (_, _) => { }, CancellationToken.None));
        Assert.Equal(WeightCondition.Sound, _store.Check(whole));
        // Another whose hash begins alike for eight digits, as its name alone would allow.
        PublishedWeights other = whole with { FileName = "other.nupkg", HashStart = Hash[..8] + new string('0', 56) };
        var error = Assert.Throws<UserErrorException>(() =>
            Puller().FromNetwork(other, server.Home, (_, _) => { }, CancellationToken.None));
        Assert.Contains($"its SHA-256 begins with {Hash}, and {other.HashStart} was published.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fetches_from_its_makers_where_no_mirror_is_named()
    {
        using var server = new LocalFileServer(Content);

        Assert.True(
            Puller().FromNetwork(Weights with { Home = server.Home }, mirror: null, (_, _) => { }, CancellationToken.None));
        Assert.Single(server.Requests);
    }

    [Fact]
    public void All_published_weights_are_held_to_a_hash_and_have_a_network() =>
        Assert.All(PublishedWeights.All, weights =>
        {
            Assert.Matches("^([0-9a-f]{8}|[0-9a-f]{64})$", weights.HashStart);
            Assert.Equal(weights.Network, NetworkKind.Named(weights.Network).Name);
            Assert.EndsWith("/", weights.Home.ToString(), StringComparison.Ordinal);
        });

    [Fact]
    public void The_featurizer_comes_from_its_registry() =>
        Assert.Equal(
            "https://api.nuget.org/v3-flatcontainer/microsoft.ml.dnnimagefeaturizer.resnet18/0.23.1/"
            + "microsoft.ml.dnnimagefeaturizer.resnet18.0.23.1.nupkg",
            new Uri(PublishedWeights.Of("resnet18_3").Home, PublishedWeights.Of("resnet18_3").FileName).ToString());

    private static byte[] MakeContent()
    {
        var content = new byte[300_000];
        new Random(5).NextBytes(content);
        return content;
    }

    private bool Pull(LocalFileServer server, Action<long, long?>? onProgress = null, CancellationToken stop = default) =>
        Puller().FromNetwork(Weights, server.Home, onProgress ?? ((_, _) => { }), stop);

    private bool FromFolder(string folder) => Puller().FromFolder(Weights, folder, (_, _) => { }, CancellationToken.None);

    private WeightPull Puller() =>
        new(_store, TimeProvider.System, new DownloadSettings { FirstPause = TimeSpan.Zero, LongestSilence = TimeSpan.FromSeconds(2) });

    private UserErrorException Refusal(LocalFileServer server) => Assert.Throws<UserErrorException>(() => Pull(server));
}
