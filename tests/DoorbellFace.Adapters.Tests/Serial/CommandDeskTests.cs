using System.Threading.Channels;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Adapters.Tests.Serial;

public class CommandDeskTests
{
    private static readonly DoorbellLinkOptions Options = new() { OpenAsync = (_, _) => throw new NotSupportedException() };

    private readonly Channel<PendingCommand> _waiting = Channel.CreateUnbounded<PendingCommand>();
    private readonly DoorbellLinkCounters _counters = new();
    private readonly CommandDesk _desk;
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public CommandDeskTests() => _desk = new CommandDesk(Options, _waiting.Reader, _counters);

    [Fact]
    public async Task One_command_at_a_time_each_after_the_answer_to_the_one_before()
    {
        PendingCommand first = Want(HostCommand.Capture), second = Want(HostCommand.Status);
        Assert.Equal(HostCommand.Capture.WireByte, Next());
        Assert.Null(Next());
        _desk.Take(new AckPacket(HostCommand.Capture.Code, AckResult.Done));
        Assert.True(await AnswerOf(first));
        Assert.Equal(HostCommand.Status.WireByte, Next());
        _desk.Take(new AckPacket(HostCommand.Status.Code, AckResult.NotSupported));
        Assert.False(await AnswerOf(second));
        Assert.Null(Next());
    }

    [Fact]
    public void An_answer_to_another_command_is_not_taken()
    {
        PendingCommand capture = Want(HostCommand.Capture);
        _desk.Take(new AckPacket(HostCommand.Capture.Code, AckResult.Done));
        Next();
        _desk.Take(new AckPacket(HostCommand.Status.Code, AckResult.Done));
        Assert.False(capture.Answer.Task.IsCompleted);
    }

    [Fact]
    public async Task Without_an_answer_it_is_sent_three_times_1500_ms_apart_and_given_up()
    {
        PendingCommand capture = Want(HostCommand.Capture);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(HostCommand.Capture.WireByte, Next());
            Pass(1499);
            Assert.Null(Next());
            Assert.False(capture.Answer.Task.IsCompleted);
            Pass(1);
        }
        Assert.Null(Next());
        Assert.False(await AnswerOf(capture));
        Assert.Equal((3, 2, 1), (_counters.CommandsSent, _counters.CommandsRepeated, _counters.CommandsUnanswered));
    }

    [Fact]
    public void A_ring_is_acknowledged_before_what_waits()
    {
        Want(HostCommand.Capture);
        _desk.Acknowledge(new BellPacket(1, 7));
        Assert.Equal(HostCommand.BellAck(7).WireByte, Next());
        _desk.Take(new AckPacket(HostCommand.BellAck(7).Code, AckResult.Done));
        Assert.Equal(HostCommand.Capture.WireByte, Next());
    }

    [Fact]
    public void A_ring_repeated_while_it_is_being_acknowledged_is_not_acknowledged_twice()
    {
        _desk.Acknowledge(new BellPacket(1, 7));
        Next();
        _desk.Acknowledge(new BellPacket(1, 7));
        _desk.Take(new AckPacket(HostCommand.BellAck(7).Code, AckResult.Done));
        Assert.Null(Next());
        _desk.Acknowledge(new BellPacket(1, 7));
        Assert.Equal(HostCommand.BellAck(7).WireByte, Next());
    }

    [Fact]
    public void A_newer_ring_is_acknowledged_after_the_one_being_acknowledged()
    {
        _desk.Acknowledge(new BellPacket(1, 7));
        Next();
        _desk.Acknowledge(new BellPacket(1, 8));
        Pass(1500);
        Assert.Equal(HostCommand.BellAck(8).WireByte, Next());
    }

    [Fact]
    public void Nothing_is_sent_into_a_frame_until_patience_ends()
    {
        _desk.Acknowledge(new BellPacket(1, 7));
        Assert.Null(Next(lineIsFree: false));
        Pass(2499);
        Assert.Null(Next(lineIsFree: false));
        Pass(1);
        Assert.Equal(HostCommand.BellAck(7).WireByte, Next(lineIsFree: false));
        Assert.Equal(1, _counters.CommandsSentIntoFrames);
    }

    [Fact]
    public void A_device_that_started_anew_is_told_again_at_once()
    {
        Want(HostCommand.StreamOn);
        Next();
        _desk.Restarted();
        Assert.Equal(HostCommand.StreamOn.WireByte, Next());
    }

    [Fact]
    public async Task A_restart_is_the_answer_to_a_reset()
    {
        PendingCommand reset = Want(HostCommand.Reset);
        Next();
        _desk.Restarted();
        Assert.True(await AnswerOf(reset));
    }

    [Fact]
    public async Task The_end_of_the_connection_answers_what_is_under_way()
    {
        PendingCommand capture = Want(HostCommand.Capture);
        Next();
        _desk.GiveUp();
        Assert.False(await AnswerOf(capture));
    }

    private PendingCommand Want(HostCommand command)
    {
        var pending = new PendingCommand(command);
        Assert.True(_waiting.Writer.TryWrite(pending));
        return pending;
    }

    /// <summary>The answer, which must be there by now.</summary>
    private static async Task<bool> AnswerOf(PendingCommand pending)
    {
        Assert.True(pending.Answer.Task.IsCompleted);
        return await pending.Answer.Task;
    }

    private byte? Next(bool lineIsFree = true) => _desk.Next(_now, lineIsFree);

    private void Pass(int milliseconds) => _now += TimeSpan.FromMilliseconds(milliseconds);
}
