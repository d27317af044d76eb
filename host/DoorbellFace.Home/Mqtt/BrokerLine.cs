using System.Buffers;
using System.Security.Cryptography.X509Certificates;
using DoorbellFace.Core.Identity;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace DoorbellFace.Home.Mqtt;

/// <summary>One connection to the broker, from being opened to its end.</summary>
internal sealed class BrokerLine : IAsyncDisposable
{
    /// <summary>A broker that takes longer to answer hangs.</summary>
    private static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>
    /// So often the broker is asked whether it is still there; after one and a half times as long it takes us for gone and says so.
    /// </summary>
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    /// <summary>Whoever waits for an answer when the line breaks waits no longer.</summary>
    private readonly CancellationTokenSource _gone = new();

    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private BrokerLine(Action<string, ReadOnlyMemory<byte>, bool> heard)
    {
        _client.ApplicationMessageReceivedAsync += message =>
        {
            heard(message.ApplicationMessage.Topic, message.ApplicationMessage.Payload.ToArray(), message.ApplicationMessage.Retain);
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += gone =>
        {
            _lost.TrySetResult(gone.Exception?.Message ?? gone.ReasonString ?? gone.Reason.ToString());
            return _gone.CancelAsync();
        };
    }

    /// <summary>Ends when the line breaks, with the reason.</summary>
    public Task<string> Lost => _lost.Task;

    /// <summary>Opens it. If it breaks, the broker says "offline" for us.</summary>
    /// <param name="options">Where the broker is.</param>
    /// <param name="topics">What is said where.</param>
    /// <param name="door">Whose line it is; a second one of the same door ends the first.</param>
    /// <param name="heard">Gets every message: topic, content, and whether the broker had kept it. Must return at once.</param>
    /// <param name="stop">Gives it up.</param>
    /// <param name="isCleaner">It is not the door's own line: it ends no other, and nothing is said when it breaks.</param>
    public static async Task<BrokerLine> OpenAsync(MqttOptions options, HomeTopics topics, DoorId door, Action<string, ReadOnlyMemory<byte>,
        bool> heard, CancellationToken stop, bool isCleaner = false)
    {
        MqttClientOptionsBuilder builder = new MqttClientOptionsBuilder()
            .WithTcpServer(options.Broker, options.UsedPort)
            .WithProtocolVersion(MqttProtocolVersion.V500)
            .WithClientId($"{topics.DeviceId}_{Environment.MachineName}{(isCleaner ? "_cleaner" : "")}")
            .WithCleanStart()
            .WithKeepAlivePeriod(KeepAlive)
            .WithTimeout(AnswerLimit);
        if (!isCleaner)
        {
            builder = builder.WithWillTopic(topics.Availability)
                .WithWillPayload("offline")
                .WithWillRetain()
                .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        }
        if (options.User is { } user) builder = builder.WithCredentials(user, options.Password.Read());
        if (options.UseTls) builder = builder.WithTlsOptions(tls => UseTls(tls, options));
        var line = new BrokerLine(heard);
        try
        {
            MqttClientConnectResult answer = await line._client.ConnectAsync(builder.Build(), stop).ConfigureAwait(false);
            if (answer.ResultCode != MqttClientConnectResultCode.Success)
                throw new IOException($"the broker refuses the connection: {answer.ResultCode}");
            return line;
        }
        catch
        {
            await line.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks for the messages of some topics; returns when the broker has agreed, and has sent what it kept.</summary>
    public async Task SubscribeAsync(IEnumerable<string> topics, CancellationToken stop)
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (string topic in topics) options = options.WithTopicFilter(topic, MqttQualityOfServiceLevel.AtLeastOnce);
        MqttClientSubscribeResult result =
            await WhileThereAsync(token => _client.SubscribeAsync(options.Build(), token), stop).ConfigureAwait(false);
        if (result.Items.FirstOrDefault(item => item.ResultCode > MqttClientSubscribeResultCode.GrantedQoS2) is { } refused)
            throw new IOException($"the broker refuses to tell of {refused.TopicFilter.Topic}: {refused.ResultCode}");
    }

    /// <summary>Sends a message; returns when the broker has acknowledged it.</summary>
    /// <param name="topic">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="isRetained">The broker keeps it.</param>
    /// <param name="expiresAfter">The broker passes it on to nobody after that; null: it does not expire.</param>
    /// <param name="stop">Gives it up.</param>
    /// <returns>False when the broker says that nobody listens; not all brokers say so.</returns>
    public async Task<bool> SendAsync(string topic, byte[] content, bool isRetained, TimeSpan? expiresAfter, CancellationToken stop)
    {
        MqttApplicationMessageBuilder message = new MqttApplicationMessageBuilder()
            .WithTopic(topic).WithPayload(content).WithRetainFlag(isRetained)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);
        if (expiresAfter is { } limit) message = message.WithMessageExpiryInterval((uint)Math.Max(1, Math.Ceiling(limit.TotalSeconds)));
        MqttClientPublishResult result =
            await WhileThereAsync(token => _client.PublishAsync(message.Build(), token), stop).ConfigureAwait(false);
        if (!result.IsSuccess)
            throw new IOException($"the broker refuses what is said under {topic}: {result.ReasonCode} {result.ReasonString}".TrimEnd());
        return result.ReasonCode != MqttClientPublishReasonCode.NoMatchingSubscribers;
    }

    /// <summary>Takes leave, so that the broker need not say it for us.</summary>
    public async Task CloseAsync(string availability, CancellationToken stop)
    {
        await SendAsync(availability, Payload.Of("offline"), isRetained: true, expiresAfter: null, stop).ConfigureAwait(false);
        await CloseAsync(stop).ConfigureAwait(false);
    }

    /// <summary>Ends it in good order, without a word.</summary>
    public Task CloseAsync(CancellationToken stop) => _client.DisconnectAsync(new MqttClientDisconnectOptionsBuilder().Build(), stop);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<T> WhileThereAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken stop)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, _gone.Token);
        try
        {
            return await ask(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new IOException(Lost.IsCompletedSuccessfully ? await Lost.ConfigureAwait(false) : "the broker does not answer");
        }
    }

    private static void UseTls(MqttClientTlsOptionsBuilder tls, MqttOptions options)
    {
        tls.UseTls().WithTargetHost(options.Broker);
        if (options.CaFile is not { } file) return;
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPemFile(file);
        tls.WithTrustChain(trusted);
    }
}
