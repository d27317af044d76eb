using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace DoorbellFace.Home.Tests.Notifications;

/// <summary>A real mail server on this computer (the library SmtpServer), with the user "door" and the password "secret".</summary>
internal sealed class LocalMailServer : IDisposable
{
    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _over = new();

    /// <summary>Starts it.</summary>
    /// <param name="certificate">Its certificate; null: it offers no encryption.</param>
    /// <param name="isSecure">Encrypted from the first byte on, instead of STARTTLS.</param>
    public LocalMailServer(X509Certificate2? certificate = null, bool isSecure = false)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var services = new ServiceProvider();
        services.Add(new Store(this));
        services.Add(new Users());
        ISmtpServerOptions options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port));
            if (certificate is not null) endpoint.Certificate(certificate);
            if (isSecure) endpoint.IsSecure(true);
        }).Build();
        _ = new SmtpServer.SmtpServer(options, services).StartAsync(_over.Token);
        if (!SpinWait.SpinUntil(IsListening, Patience)) throw new InvalidOperationException("The mail server does not listen.");
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>What has come, the newest last.</summary>
    public ConcurrentQueue<MimeMessage> Messages { get; } = new();

    /// <summary>What it answers a message with; null: it takes it.</summary>
    public SmtpResponse? Refusal { get; set; }

    public void Dispose() => _over.Cancel();

    /// <summary>It begins to listen on a thread of its own, some time after it was started.</summary>
    private bool IsListening()
    {
        try
        {
            using var caller = new TcpClient();
            caller.Connect(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private sealed class Store(LocalMailServer server) : MessageStore
    {
        public override Task<SmtpResponse> SaveAsync(
            ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
        {
            if (server.Refusal is { } refusal) return Task.FromResult(refusal);
            server.Messages.Enqueue(MimeMessage.Load(new MemoryStream(buffer.ToArray()), cancellationToken));
            return Task.FromResult(SmtpResponse.Ok);
        }
    }

    private sealed class Users : UserAuthenticator
    {
        public override Task<bool> AuthenticateAsync(
            ISessionContext context, string user, string password, CancellationToken cancellationToken) =>
            Task.FromResult((user, password) == ("door", "secret"));
    }
}
