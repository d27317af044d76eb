namespace DoorbellFace.Core.Tests.Architecture;

/// <summary>ONNX Runtime reports to its maker unless that is turned off before its library is loaded (docs/results/field.md).</summary>
public class TelemetryTests
{
    /// <summary>Tests open networks as well, but send nothing where ./doorbell test runs them; the product turns it off itself.</summary>
    [Fact]
    public void Whoever_opens_a_network_turns_its_telemetry_off_first()
    {
        (string Path, string Text)[] openers =
        [
            .. ((string[])["host", "trainer", "benchmarks"])
                .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
                .Select(path => (path, File.ReadAllText(path)))
                .Where(source =>
                    source.Item2.Contains("new SessionOptions", StringComparison.Ordinal)
                        || source.Item2.Contains("new InferenceSession", StringComparison.Ordinal)),
        ];

        Assert.NotEmpty(openers);
        Assert.All(openers, source =>
        {
            int off = source.Text.IndexOf("RuntimeTelemetry.TurnOff();", StringComparison.Ordinal);
            Assert.True(off >= 0 && off < source.Text.IndexOf("new SessionOptions", StringComparison.Ordinal),
                $"{source.Path} opens a network without RuntimeTelemetry.TurnOff() before it.");
        });
    }
}
