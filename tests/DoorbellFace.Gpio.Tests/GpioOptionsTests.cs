namespace DoorbellFace.Gpio.Tests;

public class GpioOptionsTests
{
    [Fact]
    public void Nothing_is_wired_by_default()
    {
        Assert.False(new GpioOptions().IsOn);
        Assert.Empty(new GpioOptions().Complaints());
    }

    [Fact]
    public void A_pin_has_one_use()
    {
        var options = new GpioOptions { BellPin = 17, AgainPin = 17, Display = new() { Pins = [5, 6, 12, 13, 19, 5] }, LightPin = 6 };
        Assert.Equal(
            [
                "Pin 17 is named twice: by gpio.bell.pin and gpio.again.pin. One pin has one use.",
                "Pin 6 is named twice: by gpio.light.pin and gpio.display.pins. One pin has one use.",
                "Pin 5 is named twice: by gpio.display.pins. One pin has one use.",
            ],
            options.Complaints());
    }

    [Fact]
    public void What_is_out_of_range_is_said_with_its_range()
    {
        var options = new GpioOptions
        {
            Chip = 100, RelayMilliseconds = 20, LightSeconds = 0, BellPin = 600,
            Display = new() { I2c = (1, 0x90), Pins = [1, 2, 3, 4, 7, 8], Columns = 4, Rows = 9 },
        };
        Assert.Equal(
            [
                "gpio.chip is 100: expected 0 to 99, as in /dev/gpiochip0.",
                "gpio.relay.ms is 20: expected 50 to 5000 milliseconds.",
                "gpio.light.seconds is 0: expected 1 to 600 seconds.",
                "gpio.bell.pin is 600: expected 0 to 511, the number of a line of the chip.",
                "gpio.display.i2c has the address 0x90: expected 0x03 to 0x77.",
                "Both gpio.display.i2c and gpio.display.pins are set: a display has one place.",
                "gpio.display.columns is 4: expected 8 to 40.",
                "gpio.display.rows is 9: expected 1 to 4.",
            ],
            options.Complaints());
    }

    [Theory]
    [InlineData("1:0x27", 1, 0x27)]
    [InlineData("20:0X3f", 20, 0x3F)]
    public void A_place_at_the_bus_is_understood(string text, int bus, int address) =>
        Assert.Equal((bus, address), DisplayOptions.I2cOf(text));

    [Theory]
    [InlineData("0x27")]
    [InlineData("1:27")]
    [InlineData("1:0x")]
    [InlineData("-1:0x27")]
    [InlineData("")]
    public void What_is_no_place_at_the_bus_is_said(string text) =>
        Assert.Equal("expected the bus and the address, such as 1:0x27.",
            Assert.Throws<FormatException>(() => DisplayOptions.I2cOf(text)).Message);

    [Theory]
    [InlineData("1,2,3")]
    [InlineData("1,2,3,4,5,x")]
    [InlineData("1,2,3,4,5,-6")]
    public void A_display_has_six_pins(string text) => Assert.Throws<FormatException>(() => DisplayOptions.PinsOf(text));
}
