using DoorbellFace.Core.Link;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Adapters.Serial;

namespace DoorbellFace.Host.Tests.Commands.Doctor;

public class ConnectionChecksTests
{
    private static readonly SerialPortDescription Uno = new("/dev/serial/by-id/uno", "/dev/ttyACM0", "Arduino Uno"),
        Phone = new("/dev/ttyUSB0", "/dev/ttyUSB0", "a phone");

    public static TheoryData<string?, bool, int, FindingOutcome, string> Ports => new()
    {
        { null, false, 1, FindingOutcome.Passed, "is there" },
        { null, false, 0, FindingOutcome.Failed, "No doorbell is plugged in" },
        { null, false, 2, FindingOutcome.Failed, "not clear which" },
        { "/dev/pts/9", true, 0, FindingOutcome.Passed, "is there" },
        { "/dev/ttyNONE", false, 2, FindingOutcome.Failed, "is not there" },
    };

    [Theory]
    [MemberData(nameof(Ports))]
    public void The_port(string? named, bool namedExists, int count, FindingOutcome outcome, string words)
    {
        SerialPortDescription[] ports = [.. new[] { Uno, Phone }.Take(count)];

        Finding finding = ConnectionChecks.Port(named, namedExists, ports);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
        if (outcome == FindingOutcome.Failed)
            Assert.All(ports, port => Assert.Contains(port.Path, finding.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_port_that_the_braille_program_took()
    {
        Finding finding =
            ConnectionChecks.Port(null, false, [],
                [new HiddenPort("1a86:7523", "USB Serial, 1a86:7523", "/usr/lib/udev/rules.d/85-brltty.rules")]);

        Assert.Equal((FindingOutcome.Failed, "A serial chip is plugged in, but the braille program has taken its port."),
            (finding.Outcome, finding.Found));
        Assert.Contains("sudo tee /etc/udev/rules.d/85-brltty.rules", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Permission_and_opening()
    {
        Assert.Equal(FindingOutcome.Passed, ConnectionChecks.Permission(null).Outcome);
        Assert.Contains("group",
            ConnectionChecks.Permission(new LinkUnavailableException(LinkFault.NotPermitted, "The port belongs to the group uucp.")).Advice,
            StringComparison.Ordinal);
        Assert.Equal(FindingOutcome.Passed, ConnectionChecks.Opening(null).Outcome);
        Assert.Contains("Another program", ConnectionChecks.Opening(new LinkUnavailableException(LinkFault.HeldByAnother, "busy")).Found,
            StringComparison.Ordinal);
        Assert.Contains("cannot be opened", ConnectionChecks.Opening(new LinkUnavailableException(LinkFault.NotAPort, "no port")).Found,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, null, FindingOutcome.Failed, "says nothing")]
    [InlineData(500, 0, null, FindingOutcome.Failed, "at no known speed")]
    [InlineData(500, 9, null, FindingOutcome.Passed, "can be understood")]
    [InlineData(500, 9, 2_000_000, FindingOutcome.Passed, "2,000,000 bits per second")]
    public void The_speed(int bytes, int packets, int? heardAt, FindingOutcome outcome, string words)
    {
        var receiver = new LinkReceiver();
        byte[] good = PacketCodec.Encode(new BellPacket(1, 1));
        byte[] came =
            [.. Enumerable.Repeat(good, packets).SelectMany(packet => packet),
                .. Enumerable.Repeat((byte)0x55, Math.Max(bytes - (packets * good.Length), 0))];
        receiver.Receive(came, DateTimeOffset.UnixEpoch, []);

        Finding finding = ConnectionChecks.Baud(receiver.Statistics, heardAt, [1_000_000, 2_000_000]);

        Assert.Equal(outcome, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2_000_000, RateVerdict.Kept, 2_000_000, "bits per second, the fastest there is.")]
    [InlineData(500_000, RateVerdict.Lossy, 1_000_000, "at 1,000,000 a part of what was sent got lost. The USB chip of a genuine Uno")]
    [InlineData(1_000_000, RateVerdict.Lossy, 2_000_000, "at 2,000,000 a part of what was sent got lost: the cable")]
    [InlineData(1_000_000, RateVerdict.NotHeard, 2_000_000, "A C P 21 02 ends at 1,000,000.")]
    [InlineData(1_000_000, RateVerdict.PortCannot, 2_000_000, "this computer's port does not know 2,000,000.")]
    // It was left for a slower one, which was then lossy as well; what is faster than the one in use is the reason.
    [InlineData(1_000_000, RateVerdict.Lossy, 500_000, "It speaks at 1,000,000 bits per second.")]
    public void Why_the_speed_is_no_higher(int rate, RateVerdict verdict, int tried, string words)
    {
        Finding finding = ConnectionChecks.Baud(new LinkReceiver().Statistics, rate, [1_000_000], [new RateAttempt(tried, verdict, 31)]);

        Assert.Equal(FindingOutcome.Passed, finding.Outcome);
        Assert.Contains(words, finding.Found, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"{tried:N0}: "), finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_introduction()
    {
        HelloPacket hello =
            new(HelloPacket.CurrentMajor, 0, 0, 1, 0, BoardKind.Atmega328P, 5, 1, 0x76, 0x73, 0, 320, 240, 0, 0x88, 1_000_000,
                DeviceCapabilities.Bell);

        Assert.Contains("program 0.1.0 on an Arduino", ConnectionChecks.Hello(hello, null).Found, StringComparison.Ordinal);
        Assert.Contains("do not belong together",
            ConnectionChecks.Hello(null,
            new LinkTrouble(LinkFault.WrongVersion, "The doorbell speaks protocol 2.0, and this program speaks 1.0")).Found,
            StringComparison.Ordinal);
        Assert.Contains("does not answer",
            ConnectionChecks.Hello(null, new LinkTrouble(LinkFault.DoesNotAnswer, "sends packets, but does not introduce itself")).Found,
            StringComparison.Ordinal);
    }
}
