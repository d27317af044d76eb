using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Host.Commands;
using DoorbellFace.Terminal;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Host.Tests.Commands;

[Collection(nameof(StandardOutput))]
public sealed class NotifyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalReceiver _server = new();

    [Fact]
    public async Task A_trial_message_arrives_with_a_picture_and_is_said_to_have_been_taken()
    {
        string said = StandardOutput.Of(NotifyCommand.Create(), "test", "--settings", Settings());

        Assert.StartsWith("The webhook at 127.0.0.1 has taken it, in ", said, StringComparison.Ordinal);
        JsonNode body = JsonNode.Parse((await _server.NextAsync()).Text)!;
        Assert.Equal("trial", body["type"]!.GetValue<string>());
        Assert.Equal("This is a trial message from your doorbell.", body["data"]!["text"]!.GetValue<string>());
        Assert.Equal((byte[])[0xFF, 0xD8], Convert.FromBase64String(body["data"]!["picture"]!.GetValue<string>())[..2]);
    }

    [Fact]
    public void A_receiver_that_does_not_take_it_is_asked_once_and_its_reason_is_said()
    {
        _server.Answers.Enqueue((500, "out of order"));

        JsonElement said = StandardOutput.JsonOf(NotifyCommand.Create(), "test", "--json", "--settings", Settings());

        Assert.False(said.GetProperty("told").GetBoolean());
        Assert.Equal("server_failed", said.GetProperty("fault").GetString());
        Assert.EndsWith("out of order", said.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, _server.Count);
    }

    [Fact]
    public void Who_is_told_is_shown_without_any_secret()
    {
        string said = StandardOutput.Of(NotifyCommand.Create(), "show", "--settings", Settings());

        Assert.Equal(["The webhook at 127.0.0.1.", "Told of visitors who ring, with a picture."], said.Split('\n'));
        Assert.Equal(0, _server.Count);
    }

    [Fact]
    public void Without_a_receiver_nothing_can_be_tried()
    {
        File.WriteAllText(_folder["none.json"], "{}");

        string shown = StandardOutput.Of(NotifyCommand.Create(), "show", "--settings", _folder["none.json"]);
        Assert.Equal("Nobody is told: no setting names a receiver.", shown);
        Assert.Throws<UserErrorException>(
            () => StandardOutput.Of(NotifyCommand.Create(), "test", "--settings", _folder["none.json"]));
    }

    public void Dispose()
    {
        _server.Dispose();
        _folder.Dispose();
    }

    private string Settings()
    {
        var webhook = new JsonObject { ["url"] = $"{_server.Address}/hidden", ["secret"] = "a hidden secret of the house" };
        var settings = new JsonObject { ["notify"] = new JsonObject { ["webhook"] = webhook } };
        File.WriteAllText(_folder["doorbell.json"], settings.ToJsonString());
        return _folder["doorbell.json"];
    }
}
