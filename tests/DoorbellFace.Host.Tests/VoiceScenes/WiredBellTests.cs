using System.Device.Gpio;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Visits;
using DoorbellFace.Gpio;
using DoorbellFace.Gpio.Tests;
using DoorbellFace.Simulation.Drawing;
using Microsoft.Extensions.Logging.Abstractions;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>A bell button wired to the computer, at a real door in simulated time: the networks look, the pins are simulated.</summary>
public sealed class WiredBellTests(SceneFamily family) : IClassFixture<SceneFamily>
{
    private const int Bell = 17, Relay = 22;

    [Fact]
    public async Task Its_button_rings_as_the_doorbells_own_does()
    {
        using var house = new SceneHouse(family.Recognition, Language.English);
        using var pins = new SimulatedPins();
        var shown = new SimulatedDisplay(16, 2);
        await using WiredParts wired =
            Wired(house, pins, shown, new GpioOptions { BellPin = Bell, RelayPin = Relay, Display = new() { I2c = (1, 0x27) } });
        await house.PlayAsync("Anna rings at the wired button", door =>
        {
            door.See(0, SceneHouse.Standing(DrawnFamily.Anna.Person, 1100));
            door.Happens(0.1, () => pins.Contact(Bell, isClosed: true));
            door.Until(0.2, () => house.Events.Told.OfType<BellRang>().Any());
            door.Happens(0.3, () => pins.Contact(Bell, isClosed: false));
            door.End(20);
        }, wired: wired);

        Assert.Equal(
            """
            [Anna rings at the wired button]
              0.1  chime
              0.7  Anna is at the door.

            """.ReplaceLineEndings("\n"), house.Transcript.ToString());
        Assert.Contains(PinValue.High, pins.WrittenTo(Relay));
        BellRang rang = Assert.Single(house.Events.Told.OfType<BellRang>());
        Assert.Equal(1, rang.Press);
        Assert.True(rang.Boot > 127, "The doorbell numbers its own starts from 0 to 127.");
        VisitRecord visit = Assert.Single(house.Kept());
        Assert.Equal((VisitStart.Ring, 1, VisitOutcome.Known, "Anna"), (visit.StartedBy, visit.Rings, visit.Outcome, visit.Name));
    }

    [Fact]
    public async Task The_rules_hold_for_chime_and_display_as_well()
    {
        using var house = new SceneHouse(family.Recognition, Language.English);
        house.Rule("""{ "quiet": { "times": "mon-sun", "chime": "off" } }""");
        using var pins = new SimulatedPins();
        await using WiredParts wired =
            Wired(house, pins, new SimulatedDisplay(16, 2), new GpioOptions { BellPin = Bell, RelayPin = Relay });
        await house.PlayAsync("Anna rings while everything is quiet", door =>
        {
            door.See(0, SceneHouse.Standing(DrawnFamily.Anna.Person, 1100));
            door.Happens(0.1, () => pins.Contact(Bell, isClosed: true));
            door.Until(0.2, () => house.Events.Told.OfType<BellRang>().Any());
            door.Happens(0.3, () => pins.Contact(Bell, isClosed: false));
            door.End(20);
        }, wired: wired);

        Assert.DoesNotContain(PinValue.High, pins.WrittenTo(Relay));
        Assert.Equal("Anna", Assert.Single(house.Kept()).Name);
    }

    private static WiredParts Wired(SceneHouse house, SimulatedPins pins, SimulatedDisplay shown, GpioOptions options) => new(
        options, new GpioBoard(_ => pins, at => new SimulatedI2c(at, shown)), Language.English, house.Clock, NullLogger.Instance);
}
