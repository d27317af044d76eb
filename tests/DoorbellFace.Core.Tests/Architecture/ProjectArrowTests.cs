using System.Xml.Linq;

namespace DoorbellFace.Core.Tests.Architecture;

/// <summary>Which project may reference which (docs/architecture.md). Everything not named here is forbidden.</summary>
public class ProjectArrowTests
{
    private const string Core = "DoorbellFace.Core", Application = "DoorbellFace.Application", Adapters = "DoorbellFace.Adapters",
        Vision = "DoorbellFace.Vision",
        OpenCv = "DoorbellFace.OpenCv", Simulation = "DoorbellFace.Simulation", Terminal = "DoorbellFace.Terminal",
        Measuring = "DoorbellFace.Measuring", Home = "DoorbellFace.Home", Gpio = "DoorbellFace.Gpio", Web = "DoorbellFace.Web";

    private static readonly Dictionary<string, string[]> AllowedProjects = new()
    {
        [Core] = [],
        [Application] = [Core],
        [Adapters] = [Application, Core],
        [Home] = [Application, Core],
        [Gpio] = [Application],
        [Web] = [Application],
        [Vision] = [Application, Core],
        [OpenCv] = [Core],
        [Simulation] = [Core],
        [Terminal] = [Application],
        [Measuring] = [Core, Application, Vision, OpenCv, Simulation],
        ["DoorbellFace.Host"] = [Core, Application, Adapters, Home, Gpio, Web, Vision, OpenCv, Simulation, Terminal, Measuring],
        ["DoorbellFace.Trainer"] = [Core, Application, Adapters, Vision, OpenCv, Terminal],
    };

    private static readonly Dictionary<string, string[]> AllowedPackages = new()
    {
        [Core] = [],
        [Application] = ["Microsoft.Extensions.Logging.Abstractions"],
        [Adapters] = ["Microsoft.Data.Sqlite", "System.IO.Ports"],
        [Home] = ["MailKit", "MQTTnet", "OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"],
        [Gpio] = ["Iot.Device.Bindings", "System.Device.Gpio"],
        [Web] = [],
        [Terminal] = ["Spectre.Console", "System.CommandLine"],
        [Simulation] = [],
        [Measuring] = [],
        [Vision] = ["Magick.NET-Q8-AnyCPU", "Microsoft.ML.OnnxRuntime", "SkiaSharp", "SkiaSharp.NativeAssets.Linux.NoDependencies"],
        [OpenCv] = ["OpenCvSharp4", "OpenCvSharp4.official.runtime.linux-x64"],
    };

    public static TheoryData<string> ProductProjects => [.. ProductFiles().Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Every_product_project_is_named_in_the_table() =>
        Assert.Equal(AllowedProjects.Keys.Order(), ProductFiles().Select(path => Path.GetFileNameWithoutExtension(path)).Order());

    [Theory]
    [MemberData(nameof(ProductProjects))]
    public void A_project_references_only_what_the_arrows_allow(string project)
    {
        IEnumerable<string> referenced = References(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)!);

        Assert.Empty(referenced.Except(AllowedProjects[project]));
    }

    public static TheoryData<string> Rooms => [.. AllowedPackages.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_brings_only_its_own_packages(string project) =>
        Assert.Empty(References(project, "PackageReference").Except(AllowedPackages[project]));

    [Fact]
    public void The_host_does_not_bring_libtorch()
    {
        // The lock file lists what comes with what, too.
        string locked = File.ReadAllText(Path.Combine(Repository.Root, "host", "DoorbellFace.Host", "packages.lock.json"));

        Assert.Contains("Microsoft.Data.Sqlite", locked, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", locked, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A version stands in one place only, and every project is held to its lock file.</summary>
    [Fact]
    public void Package_versions_are_central_and_locked()
    {
        string[] projects = [.. ((string[])["host", "trainer", "tests", "benchmarks"])
            .SelectMany(folder =>
                Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))];

        Assert.DoesNotContain(projects, path => Packages(path).Any(package => package.Attribute("Version") is not null));
        // A project without any package needs no lock.
        Assert.DoesNotContain(projects, path =>
            Packages(path).Any() && !File.Exists(Path.Combine(Path.GetDirectoryName(path)!, "packages.lock.json")));

        static IEnumerable<XElement> Packages(string path) => XDocument.Load(path).Descendants("PackageReference");
    }

    [Fact]
    public void Every_package_is_in_the_third_party_notices()
    {
        string notices = File.ReadAllText(Path.Combine(Repository.Root, "THIRD-PARTY-NOTICES.md"));

        IEnumerable<string> packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(element => element.Attribute("Include")!.Value);

        Assert.All(packages, package => Assert.Contains(package, notices, StringComparison.Ordinal));
    }

    private static IEnumerable<string> References(string project, string kind) =>
        XDocument.Load(ProductFiles().Single(path => Path.GetFileNameWithoutExtension(path) == project))
            .Descendants(kind)
            .Select(element => element.Attribute("Include")!.Value);

    private static IEnumerable<string> ProductFiles() =>
        new[] { "host", "trainer" }.SelectMany(folder =>
            Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories));
}
