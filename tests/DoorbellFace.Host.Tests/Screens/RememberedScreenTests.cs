using System.Diagnostics;

namespace DoorbellFace.Host.Tests.Screens;

/// <summary>--plain, as the program itself keeps it for the commands to come.</summary>
public class RememberedScreenTests
{
    [Fact]
    public async Task Remembering_is_told_once_and_so_is_its_end()
    {
        using var folder = new TemporaryFolder();
        const string Begins = "Every command shows plain lines from now on; --no-plain ends that.", Ends = "Progress is drawn again.";

        Assert.Equal([Begins], await RemarksAsync("--plain"));
        Assert.Empty(await RemarksAsync("--plain"));
        Assert.Equal([Ends], await RemarksAsync("--no-plain"));
        Assert.Empty(await RemarksAsync("--no-plain"));

        async Task<string[]> RemarksAsync(string option)
        {
            ProcessStartInfo start =
                DotnetProgram.StartInfo(typeof(Composition.HouseServices).Assembly, "visits", "list", option, "--data", folder["data"]);
            (start.Environment["XDG_CONFIG_HOME"], start.RedirectStandardError) = (folder.Root, true);
            using Process program = Process.Start(start)!;
            string remarks = await program.StandardError.ReadToEndAsync();
            await program.WaitForExitAsync();
            return remarks.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}
