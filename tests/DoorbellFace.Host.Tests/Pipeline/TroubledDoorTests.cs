using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// A door whose computer fails it: the disk is full, files are held, deleted or spoken over. It rings and answers all the same, and says
/// what it lost.
/// </summary>
public sealed class TroubledDoorTests : IDisposable
{
    private const string RecordLost = "I cannot keep a record of visits now. The bell and the names go on.",
        RecordBack = "I keep a record of visits again.";

    private readonly TemporaryFolder _folder = new();

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [SmallDiskFact]
    public async Task A_disk_that_is_full_costs_the_record_is_said_once_and_is_made_up_for()
    {
        Directory.CreateDirectory(Data);
        using var disk = new SmallDisk(Data, "600k");
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host = RunningHost.Start(RunWords(doorbell, "--model", Repository.Fixture("models/tiny")));
        await host.ReadUntilAsync("link_up");
        disk.Fill();

        await RingAndBeAnsweredAsync(host, doorbell);
        await RingAndBeAnsweredAsync(host, doorbell);
        disk.Empty();
        await RingAndBeAnsweredAsync(host, doorbell);
        await UntilSaidAsync(host, RecordBack);
        Assert.Equal(0, await host.StopAsync());

        Assert.Equal([RecordLost, RecordBack], Said(host).Where(text => text.Contains("record", StringComparison.Ordinal)));
        using SqliteVisitStore store = SqliteVisitStore.Open(Data, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(host.Lines.Count(line => Name(line) == "visit_started"), store.Recent(20).Count);
    }

    [SmallDiskFact]
    public async Task A_folder_that_may_only_be_read_can_be_looked_at()
    {
        Directory.CreateDirectory(Data);
        using var disk = new SmallDisk(Data, "4m");
        await EnrolAnnaAsync();
        await using (var doorbell = new DoorbellAtTheDoor())
        {
            using RunningHost host = RunningHost.Start(RunWords(doorbell, "--model", Repository.Fixture("models/tiny")));
            await host.ReadUntilAsync("link_up");
            await RingAndBeAnsweredAsync(host, doorbell);
            Assert.Equal(0, await host.StopAsync());
        }
        disk.MakeReadOnly();

        Assert.Contains("no face", await AnswerOfAsync("visits", "list", "--data", Data), StringComparison.Ordinal);
        Assert.StartsWith("Anna: ", await AnswerOfAsync("people", "list", "--data", Data), StringComparison.Ordinal);
        Assert.StartsWith("Anna (", await AnswerOfAsync("identify", _folder["photos/0.png"], "--data", Data), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Visits_that_another_program_holds_cost_the_record_only()
    {
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host = RunningHost.Start(RunWords(doorbell, "--model", Repository.Fixture("models/tiny")));
        await host.ReadUntilAsync("link_up");
        await RingAndBeAnsweredAsync(host, doorbell);
        using (SqliteConnection other = Hold(Path.Combine(Data, VisitDatabase.FileName)))
        {
            await RingAndBeAnsweredAsync(host, doorbell);
            await UntilSaidAsync(host, RecordLost);
        }

        await RingAndBeAnsweredAsync(host, doorbell);
        await UntilSaidAsync(host, RecordBack);

        Assert.Equal(0, await host.StopAsync());
        using SqliteVisitStore store = SqliteVisitStore.Open(Data, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        Assert.Equal(host.Lines.Count(line => Name(line) == "visit_started"), store.Recent(20).Count);
    }

    [Fact]
    public async Task People_whom_another_program_is_just_writing_are_known_all_the_same()
    {
        await using var doorbell =
            new DoorbellAtTheDoor(scene: () =>
                FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240));
        await EnrolAnnaAsync();
        using SqliteConnection other = Hold(Path.Combine(Data, SqliteGalleryStore.FileName));
        using RunningHost host = RunningHost.Start(RunWords(doorbell));
        await host.ReadUntilAsync("link_up");

        Assert.Equal("Anna", (await RingAndBeAnsweredAsync(host, doorbell))["name"]!.GetValue<string>());

        Assert.Equal(0, await host.StopAsync());
        Assert.DoesNotContain(Said(host), text => text.Contains("cannot read", StringComparison.Ordinal));
    }

    [Fact]
    [SupportedOSPlatform("linux")]
    public async Task A_folder_that_is_deleted_is_begun_again_for_its_owner_alone_and_the_loss_is_said()
    {
        await using var doorbell =
            new DoorbellAtTheDoor(scene: () =>
                FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(40_000_010, SceneVariation.Visiting), 320, 240));
        await EnrolAnnaAsync();
        using RunningHost host = RunningHost.Start(RunWords(doorbell));
        await host.ReadUntilAsync("link_up");
        Assert.Equal("Anna", (await RingAndBeAnsweredAsync(host, doorbell))["name"]!.GetValue<string>());

        Directory.Delete(Data, recursive: true);
        await UntilSaidAsync(host, "The people I knew were deleted from the disk. I will say when someone rings, but not who it is.");
        Assert.Equal("unknown", (await RingAndBeAnsweredAsync(host, doorbell))["outcome"]!.GetValue<string>());
        Assert.Equal(0, await host.StopAsync());

        using SqliteVisitStore store = SqliteVisitStore.Open(Data, StoreAccess.Owner, TimeProvider.System, NullLogger.Instance);
        Assert.NotEmpty(store.Recent(10));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Data));
        Assert.All(
            Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories),
            file => Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(file) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)));
    }

    /// <summary>The voice's library is there and never comes back from its first call.</summary>
    [ProgramFact("gcc", "gcc")]
    public async Task A_voice_that_hangs_when_it_is_started_costs_no_ring()
    {
        await File.WriteAllTextAsync(_folder["hang.c"],
            "#include <unistd.h>\nint espeak_Initialize(int a, int b, const char *c, int d) { for (;;) pause(); }\nvoid "
            + "espeak_SetSynthCallback(void *f) {}\n");
        using (Process compiler = Process.Start("gcc", ["-shared", "-fPIC", "-o", _folder["libespeak-ng.so.1"], _folder["hang.c"]]))
            await compiler.WaitForExitAsync();
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host =
            RunningHost.StartIn(new Dictionary<string, string> { ["LD_LIBRARY_PATH"] = _folder.Root },
                RunWords(doorbell, "--model", Repository.Fixture("models/tiny")));
        await host.ReadUntilAsync("link_up");

        await RingAndBeAnsweredAsync(host, doorbell);

        while (host.Lines.All(line => Name(line) != "chime_started")) await host.ReadUntilAsync("chime_started");
        Assert.Equal(0, await host.StopAsync());
    }

    [Fact]
    public async Task A_device_that_remarks_without_end_is_not_repeated_without_end()
    {
        await using var doorbell = new DoorbellAtTheDoor();
        using RunningHost host = RunningHost.Start(RunWords(doorbell, "--model", Repository.Fixture("models/tiny")));
        await host.ReadUntilAsync("link_up");

        for (int i = 0; i < 500; i++) doorbell.Device.Log(LogSeverity.Error, LogCode.CameraSilent, "camera fell silent in row 7");
        // The device's remarks and its bell go one way; when the bell is there, so are they.
        await RingAndBeAnsweredAsync(host, doorbell);

        Assert.Equal(0, await host.StopAsync());
        Assert.InRange(host.Lines.Count(line => Name(line) == "remark"), 1, 40);
    }

    private string[] RunWords(DoorbellAtTheDoor doorbell, params string[] more) =>
        ["run", "--port", doorbell.PortPath, "--data", Data, "--sound", "wav", "--wav", _folder["door.wav"], "--json", .. more];

    private async Task EnrolAnnaAsync()
    {
        Directory.CreateDirectory(_folder["photos"]);
        var sitting = new SceneVariation
        {
            YawDegrees = 15, PitchDegrees = 8, TiltDegrees = 8, SmallestFacePixels = 95, LargestFacePixels = 150,
        };
        for (int i = 0; i < 6; i++)
            PictureFile.Write(_folder[$"photos/{i}.png"],
                FaceRenderer.Render(DrawnFamily.Anna.Person, DrawnScene.Random(50_000_000 + i, sitting), 320, 240));
        await AnswerOfAsync("enroll", "Anna", "--photos", _folder["photos"], "--data", Data);
    }

    private static async Task<string> AnswerOfAsync(params string[] words)
    {
        using Process program = DotnetProgram.Start(typeof(RunCommand).Assembly, words);
        string said = await program.StandardOutput.ReadToEndAsync();
        await program.WaitForExitAsync();
        Assert.Equal(0, program.ExitCode);
        return said;
    }

    private static async Task<JsonNode> RingAndBeAnsweredAsync(RunningHost host, DoorbellAtTheDoor doorbell)
    {
        await doorbell.RingUntilANewVisitBeginsAsync(host);
        return (await host.ReadUntilAsync("visitor_identified"))["visit"]!;
    }

    private static async Task UntilSaidAsync(RunningHost host, string text)
    {
        while (!Said(host).Contains(text)) await host.ReadUntilAsync("speech_started");
    }

    private static IEnumerable<string> Said(RunningHost host) =>
        host.Lines.Where(line => Name(line) == "speech_started").Select(line => line["text"]!.GetValue<string>());

    private static string Name(JsonObject line) => line["event"]!.GetValue<string>();

    /// <summary>A connection that is writing, until it is disposed of.</summary>
    private static SqliteConnection Hold(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        using var command = new SqliteCommand("BEGIN IMMEDIATE", connection);
        command.ExecuteNonQuery();
        return connection;
    }

    /// <summary>A disk in memory that is full when it is told to be.</summary>
    private sealed class SmallDisk : IDisposable
    {
        private readonly string _folder;

        public SmallDisk(string folder, string size)
        {
            _folder = folder;
            Call("mount", "-t", "tmpfs", "-o", $"size={size},mode=700", "doorbellface-test", folder);
        }

        private string Filling => Path.Combine(_folder, "filling");

        public void Fill()
        {
            var zeros = new byte[4096];
            try
            {
                using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
                while (true) file.Write(zeros);
            }
            catch (IOException)
            {
                // Full.
            }
        }

        public void MakeReadOnly() => Call("mount", "-o", "remount,ro", _folder);

        public void Empty() => File.Delete(Filling);

        public void Dispose() => Call("umount", "-l", _folder);

        private static void Call(string program, params string[] words)
        {
            using Process process = Process.Start(program, words);
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }
    }

    /// <summary>Needs the right to mount a small disk.</summary>
    private sealed class SmallDiskFactAttribute : FactAttribute
    {
        private static readonly Lazy<bool> MayMount = new(() =>
        {
            string folder = Directory.CreateTempSubdirectory("doorbellface-mount-").FullName;
            try
            {
                using Process mount =
                    Process.Start(new ProcessStartInfo("mount",
                        ["-t", "tmpfs", "-o", "size=64k", "doorbellface-test", folder]) { RedirectStandardError = true })!;
                mount.WaitForExit();
                if (mount.ExitCode != 0) return false;
                using Process unmount = Process.Start("umount", [folder]);
                unmount.WaitForExit();
                return true;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
            finally
            {
                Directory.Delete(folder);
            }
        });

        public SmallDiskFactAttribute() => Skip = MayMount.Value ? null : "needs the right to mount a small disk in memory (root)";
    }
}
