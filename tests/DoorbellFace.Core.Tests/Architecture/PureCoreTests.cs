using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Architecture;

/// <summary>
/// Core reads no clock, no file, no console and starts no thread: what it is given is all it knows. Checked on the compiled assembly, in
/// which every call to the outside is listed.
/// </summary>
public class PureCoreTests
{
    private static readonly string[] ForbiddenTypes =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.IO.FileSystemInfo", "System.IO.StreamReader", "System.IO.StreamWriter", "System.Console", "System.TimeZoneInfo",
        "System.Diagnostics.Process", "System.Diagnostics.Stopwatch", "System.Threading.Thread", "System.Threading.Timer",
        "System.Threading.ThreadPool", "System.Threading.PeriodicTimer", "System.Threading.SpinWait", "System.Threading.Tasks.TaskFactory",
            "System.Threading.Tasks.Parallel",
        "System.Net.Sockets.Socket", "System.Net.Http.HttpClient", "System.Runtime.InteropServices.Marshal",
    ];

    private static readonly string[] ForbiddenMembers =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today", "System.DateTimeOffset.get_Now",
        "System.DateTimeOffset.get_UtcNow", "System.DateTimeOffset.ToLocalTime", "System.DateTime.ToLocalTime",
            "System.Threading.Tasks.Task.Delay", "System.Threading.Tasks.Task.Run", "System.TimeProvider.get_System",
        "System.Guid.NewGuid", "System.Guid.CreateVersion7", "System.Environment.get_TickCount64",
            "System.Environment.GetEnvironmentVariable", "System.Environment.get_CurrentDirectory",
        "System.Random.get_Shared", "System.Random..ctor",
    ];

    [Fact]
    public void Core_calls_nothing_that_reads_the_world() =>
        Assert.DoesNotContain(MembersUsedBy(typeof(PixelBuffer).Assembly.Location), IsForbidden);

    /// <summary>The check itself must be able to fail: this test assembly does read files.</summary>
    [Fact]
    public void The_check_sees_a_file_being_read() =>
        Assert.Contains(MembersUsedBy(typeof(PureCoreTests).Assembly.Location), IsForbidden);

    private static bool IsForbidden(string member) =>
        ForbiddenMembers.Contains(member) || ForbiddenTypes.Any(type => member.StartsWith(type + ".", StringComparison.Ordinal));

    private static List<string> MembersUsedBy(string assemblyPath)
    {
        using var file = new PEReader(File.OpenRead(assemblyPath));
        MetadataReader metadata = file.GetMetadataReader();
        var members = new List<string>();
        foreach (MemberReferenceHandle handle in metadata.MemberReferences)
        {
            MemberReference member = metadata.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference) continue;
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            members.Add($"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}");
        }
        return members;
    }
}
