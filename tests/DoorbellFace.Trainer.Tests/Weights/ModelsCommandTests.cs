using System.Diagnostics;
using System.Text.Json;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Trainer.Commands;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Weights;

/// <summary>The command itself, as a process of its own: exit codes, proxy, and what a stopped download leaves.</summary>
public sealed class ModelsCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("doorbell-models-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Goes_through_the_proxy_that_the_environment_names()
    {
        using var proxy = new LocalFileServer([1, 2, 3]);
        proxy.Statuses.Enqueue("403 Forbidden");
        string address = proxy.Home.GetLeftPart(UriPartial.Authority);

        (int exit, _, string errors) =
            Run(environment: new() { ["HTTPS_PROXY"] = address, ["NO_PROXY"] = "" }, "pull", "squeezenet1_0", "--attempts", "1");

        Assert.Equal(1, exit);
        Assert.Equal(["CONNECT download.pytorch.org:443 HTTP/1.1"], proxy.Requests);
        Assert.Contains("squeezenet1_0-b66bff10.pth could not be fetched: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_another_file_from_a_mirror_with_exit_code_1()
    {
        using var mirror = new LocalFileServer(new byte[1000]);

        (int exit, string output, string errors) = Run([], "pull", "squeezenet1_0", "--mirror", mirror.Home.ToString());

        Assert.Equal(1, exit);
        Assert.Equal("", output);
        Assert.Contains("and b66bff10 was published. It was deleted", errors, StringComparison.Ordinal);
        Assert.Equal(["GET /models/squeezenet1_0-b66bff10.pth HTTP/1.1"], mirror.Requests);
    }

    [Fact]
    public void Lists_as_JSON_and_says_what_verify_misses()
    {
        (int listed, string list, _) = Run([], "list", "--json");
        (int verified, string sentence, _) = Run([], "verify", "vgg16");
        (int unnamed, _, string question) = Run([], "pull");

        JsonElement[] weights = [.. JsonDocument.Parse(list).RootElement.GetProperty("weights").EnumerateArray()];
        Assert.Equal(0, listed);
        Assert.Equal(8, weights.Length);
        Assert.All(weights, item => Assert.False(item.GetProperty("here").GetBoolean()));
        Assert.Equal((3, "vgg16-397923af.pth: not here. Fetch it: ./doorbell models pull vgg16\n"), (verified, sentence));
        Assert.Equal(2, unnamed);
        Assert.StartsWith("Which weights? Name a network, or use --all.", question, StringComparison.Ordinal);
    }

    [Fact]
    public void Going_back_to_the_model_before_is_in_the_record_of_what_was_done()
    {
        string data = Path.Combine(_folder.FullName, "data");
        var store = new FolderModelStore(data, ModelCheck.Run);
        store.Install(Repository.Fixture("models/tiny"));
        store.Install(Path.Combine(Repository.Root, "models", "drawn-family"));

        (int exit, _, string errors) = Start(environment: [], "rollback", "--data", data);

        Assert.True(exit == 0, errors);
        AuditEntry noted = Assert.Single(new AuditLog(new FileAuditStorage(data), TimeProvider.System).Last(10));
        Assert.Equal((AuditAct.ModelChanged, AuditLog.Console), (noted.Act, noted.Who));
    }

    private (int Exit, string Output, string Errors) Run(Dictionary<string, string> environment, params string[] arguments) =>
        Start(environment, [.. arguments, "--folder", _folder.FullName]);

    private static (int Exit, string Output, string Errors) Start(Dictionary<string, string> environment, params string[] arguments)
    {
        string program = Path.ChangeExtension(typeof(ModelsCommand).Assembly.Location, ".dll");
        var start = new ProcessStartInfo("dotnet", [program, "models", .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
