using System.Diagnostics;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>
/// What the real program loads while it looks at photos. The system's own loader writes it down (LD_DEBUG of glibc), so that nothing which
/// is loaded for a moment only is missed.
/// </summary>
public sealed class LoadedLibrariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Enrolling_and_identifying_load_neither_OpenCV_nor_a_window_system()
    {
        Directory.CreateDirectory(_folder["photos"]);
        for (int i = 0; i < 3; i++)
            PictureFile.Write(_folder[$"photos/{i}.png"], FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(i), 320, 240));

        string[] enrolling = LibrariesOf("enroll", "Anna", "--photos", _folder["photos"], "--data", _folder["data"]);
        string[] identifying = LibrariesOf("identify", _folder["photos/0.png"], "--data", _folder["data"]);

        foreach (string[] libraries in (string[][])[enrolling, identifying])
        {
            Assert.Contains(libraries, path => path.Contains("libonnxruntime", StringComparison.Ordinal));
            Assert.Contains(libraries, path => path.Contains("libSkiaSharp", StringComparison.Ordinal));
            Assert.DoesNotContain(libraries, IsUnwanted);
            // ImageMagick is for formats that Skia does not read; a door never sees one.
            Assert.DoesNotContain(libraries, path => path.Contains("Magick.Native", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void The_other_detectors_do_load_OpenCV()
    {
        PictureFile.Write(_folder["anna.png"], FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(1), 320, 240));

        Assert.Contains(LibrariesOf("identify", _folder["anna.png"], "--data", _folder["data"], "--detector", "paper"), IsUnwanted);
    }

    internal static bool IsUnwanted(string path) =>
        path.Contains("OpenCvSharp", StringComparison.OrdinalIgnoreCase) || path.Contains("libgtk", StringComparison.Ordinal)
            || path.Contains("libgdk", StringComparison.Ordinal);

    private string[] LibrariesOf(params string[] arguments)
    {
        string log = _folder["loaded"];
        var start = new ProcessStartInfo(DotnetProgram.Runner, ["exec", typeof(Composition.HouseServices).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        (start.Environment["LD_DEBUG"], start.Environment["LD_DEBUG_OUTPUT"]) = ("files", log);
        using Process process = Process.Start(start)!;
        Task<string> said = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, said.GetAwaiter().GetResult());
        string file = $"{log}.{process.Id}";
        string[] libraries =
            [.. File.ReadLines(file).Where(line => line.Contains("calling init:", StringComparison.Ordinal))
                .Select(line => line[(line.LastIndexOf(' ') + 1)..])];
        File.Delete(file);
        return libraries;
    }
}
