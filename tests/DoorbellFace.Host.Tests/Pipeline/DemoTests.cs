namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The README's first command, as it stands there.</summary>
public class DemoTests
{
    [Fact]
    public async Task The_demo_answers_rightly_for_two_of_the_family_and_a_stranger()
    {
        using var folder = new TemporaryFolder();
        using RunningHost host = RunningHost.Start("demo", "--out", folder["demo"], "--json");

        Assert.Equal(0, await host.WaitForEndAsync());

        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "visit_ended"));
        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "chime_started"));
        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "speech_started"));
        Assert.Equal(3, Directory.GetFiles(folder["demo"], "visit-*.png").Length);
        Assert.True(new FileInfo(folder["demo/demo.wav"]).Length > 100_000);
    }
}
