using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Protocol;

namespace DoorbellFace.Testing.Home;

/// <summary>A message as it came.</summary>
/// <param name="Topic">Where.</param>
/// <param name="Content">What.</param>
/// <param name="IsRetained">The broker had kept it.</param>
public sealed record Heard(string Topic, byte[] Content, bool IsRetained)
{
    /// <summary>The content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    /// <summary>The content as a JSON object.</summary>
    public JsonObject Json => JsonNode.Parse(Content)!.AsObject();
}

/// <summary>
/// Listens at a broker by the rules that Home Assistant has published: an unknown key is a complaint, a retained event is none, an event of
/// a type that was not declared is none, a ring that comes while its door is not available is swallowed, a component with its platform
/// alone is removed. When it connects it says that it has started, as Home Assistant does. It is no Home Assistant: what that does beyond
/// these rules was not run.
/// </summary>
public sealed class HomeAssistantReceiver : IAsyncDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly int _port;
    private readonly CancellationTokenSource _over = new();
    private readonly Channel<Heard> _heard = Channel.CreateUnbounded<Heard>();
    private readonly ConcurrentDictionary<string, JsonObject> _devices = new();
    private readonly ConcurrentDictionary<string, string> _availability = new();
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IMqttClient? _client;
    private Task? _running;

    public HomeAssistantReceiver(int port) => _port = port;

    /// <summary>What Home Assistant would not have taken.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>The rings that it would have told of, by their ids, in order.</summary>
    public ConcurrentQueue<string> Rings { get; } = new();

    /// <summary>Rings that came and that it would not have told of, with the reason.</summary>
    public ConcurrentQueue<string> Swallowed { get; } = new();

    /// <summary>Everything that came.</summary>
    public ConcurrentQueue<Heard> All { get; } = new();

    /// <summary>The entities that stand now, by their unique ids.</summary>
    public IReadOnlyDictionary<string, JsonObject> Entities => _devices.Values
        .SelectMany(device => device["components"]!.AsObject()).Select(component => component.Value!.AsObject())
        .Where(component => component.Count > 1).ToDictionary(component => component["unique_id"]!.GetValue<string>());

    /// <summary>Connects, and connects again as often as it must.</summary>
    public Task StartAsync()
    {
        _running = RunAsync();
        return _listening.Task.WaitAsync(Patience);
    }

    /// <summary>Waits for a message.</summary>
    public async Task<Heard> NextAsync(Func<Heard, bool> isWanted)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Heard next = await _heard.Reader.ReadAsync(limit.Token);
            if (isWanted(next)) return next;
        }
    }

    /// <summary>Waits for a message under a topic that ends so.</summary>
    public Task<Heard> NextAsync(string ending) => NextAsync(heard => heard.Topic.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>Says something, as an automation or a button would.</summary>
    public async Task SayAsync(string topic, string text, bool isRetained = false) => await _client!.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(text).WithRetainFlag(isRetained)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), CancellationToken.None);

    /// <summary>Gives the command of an entity a value.</summary>
    public Task CommandAsync(string uniqueId, string text) => SayAsync(Entities[uniqueId]["command_topic"]!.GetValue<string>(), text);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        if (_running is not null) await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _client?.Dispose();
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_over.IsCancellationRequested)
        {
            using IMqttClient client = new MqttClientFactory().CreateMqttClient();
            var lost = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            client.ApplicationMessageReceivedAsync += message =>
            {
                Hear(new Heard(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray(),
                    message.ApplicationMessage.Retain));
                return Task.CompletedTask;
            };
            client.DisconnectedAsync += _ =>
            {
                // It knows nothing of its devices any more.
                foreach (string topic in _availability.Keys) _availability[topic] = "unavailable";
                lost.TrySetResult();
                return Task.CompletedTask;
            };
            try
            {
                await client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer("127.0.0.1", _port)
                    .WithTimeout(TimeSpan.FromSeconds(5)).WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).Build(),
                    _over.Token);
                _client = client;
                await client.SubscribeAsync(new MqttClientSubscribeOptionsBuilder()
                    .WithTopicFilter("#", MqttQualityOfServiceLevel.AtLeastOnce).Build(), _over.Token);
                _listening.TrySetResult();
                // Home Assistant waits until its own discovery is quiet before it says so; here that is much shorter.
                await Task.Delay(TimeSpan.FromMilliseconds(150), _over.Token);
                await SayAsync("homeassistant/status", "online");
                await lost.Task.WaitAsync(_over.Token);
            }
            catch (OperationCanceledException) when (_over.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The broker is gone; it is tried again.
            catch (Exception)
#pragma warning restore CA1031
            {
                await Task.Delay(10);
            }
        }
    }

    private void Hear(Heard heard)
    {
        All.Enqueue(heard);
        string[] parts = heard.Topic.Split('/');
        if (parts is ["homeassistant", "device", _, "config"]) Discover(heard);
        foreach (JsonObject device in _devices.Values)
        {
            if (device["availability_topic"]?.GetValue<string>() == heard.Topic) _availability[heard.Topic] = heard.Text;
            foreach ((_, JsonNode? node) in device["components"]!.AsObject())
            {
                if (node is JsonObject { Count: > 1 } component && component["platform"]!.GetValue<string>() == "event"
                    && component["state_topic"]!.GetValue<string>() == heard.Topic)
                    HearEvent(device, component, heard);
            }
        }
        _heard.Writer.TryWrite(heard);
    }

    private void Discover(Heard heard)
    {
        if (heard.Content.Length == 0)
        {
            _devices.TryRemove(heard.Topic, out _);
            return;
        }
        foreach (string complaint in HomeAssistantRules.Complaints(heard.Json)) Complaints.Enqueue($"{heard.Topic}: {complaint}");
        JsonObject device = heard.Json;
        // What is left out of a later message stays; only a component with its platform alone goes.
        if (_devices.TryGetValue(heard.Topic, out JsonObject? before))
        {
            foreach ((string key, JsonNode? component) in before["components"]!.AsObject())
                if (!device["components"]!.AsObject().ContainsKey(key)) device["components"]![key] = component!.DeepClone();
        }
        _devices[heard.Topic] = device;
    }

    private void HearEvent(JsonObject device, JsonObject component, Heard heard)
    {
        if (heard.IsRetained)
        {
            Swallowed.Enqueue($"retained: {heard.Text}");
            return;
        }
        string type = heard.Json["event_type"]!.GetValue<string>();
        if (component["event_types"]!.AsArray().All(known => known!.GetValue<string>() != type))
            Complaints.Enqueue($"{heard.Topic}: there is no event type {type}");
        if (component["device_class"]?.GetValue<string>() != "doorbell" || type != "ring") return;
        if (_availability.GetValueOrDefault(device["availability_topic"]!.GetValue<string>()) == "online")
            Rings.Enqueue(heard.Json["id"]!.GetValue<string>());
        else Swallowed.Enqueue($"not available: {heard.Text}");
    }
}
