using System.Text.Json;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public sealed class GpioCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void What_is_wired_is_shown_with_its_place()
    {
        string settings = Settings("""{ "gpio": { "again": { "pin": 27 }, "display": { "i2c": "1:0x27" } } }""");
        Assert.Equal(
            ["The button that says things again: pin 27.", "The display: I2C bus 1, address 0x27."],
            StandardOutput.Of(GpioCommand.Create(), "show", "--settings", settings).Split('\n'));
        Assert.Equal("display", StandardOutput.JsonOf(GpioCommand.Create(), "show", "--json", "--settings", settings)
            .GetProperty("parts")[1].GetProperty("part").GetString());
    }

    /// <summary>No computer has a hundred chips: the real libraries are asked.</summary>
    [Fact]
    public void A_part_that_cannot_be_tried_is_said_with_its_reason()
    {
        JsonElement said = StandardOutput.JsonOf(
            GpioCommand.Create(), "test", "--json", "--settings", Settings("""{ "gpio": { "chip": 99, "light": { "pin": 23 } } }"""));
        Assert.False(said.GetProperty("works").GetBoolean());
        Assert.StartsWith("There is no GPIO chip /dev/gpiochip99.", said.GetProperty("trouble").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nothing_is_wired_nothing_can_be_tried()
    {
        string settings = Settings("{}");
        Assert.Equal("Nothing is wired: no setting names a pin.", StandardOutput.Of(GpioCommand.Create(), "show", "--settings", settings));
        Assert.Throws<UserErrorException>(() => StandardOutput.Of(GpioCommand.Create(), "test", "--settings", settings));
    }

    public void Dispose() => _folder.Dispose();

    private string Settings(string json)
    {
        File.WriteAllText(_folder["doorbell.json"], json);
        return _folder["doorbell.json"];
    }
}
