using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace DoorbellFace.Testing.Home;

/// <summary>A test that needs the broker mosquitto. Where it is not installed the test is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MosquittoFactAttribute : FactAttribute
{
    public MosquittoFactAttribute()
    {
        if (!File.Exists(Mosquitto.Program)) Skip = "needs mosquitto, which is not installed here: sudo apt-get install mosquitto";
    }
}

/// <summary>
/// The broker mosquitto on a port of its own of this computer, which can be killed and started again. What it keeps, it keeps in memory,
/// and loses when it is killed.
/// </summary>
public sealed class Mosquitto : IDisposable
{
    /// <summary>Debian's place; it is on root's PATH alone.</summary>
    public const string Program = "/usr/sbin/mosquitto";

    /// <summary>Only there for a test to fail instead of hanging.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly string[] _more;
    private Process? _process;

    /// <summary>Starts it.</summary>
    /// <param name="more">More lines of its configuration; {folder} stands for a folder of its own. Without any, everybody may
    /// connect.</param>
    public Mosquitto(params string[] more)
    {
        _more = more.Length == 0 ? ["allow_anonymous true"] : more;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Port = ((IPEndPoint)free.LocalEndpoint).Port;
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>A file in the broker's folder.</summary>
    public string File(string name) => _folder[name];

    /// <summary>Starts it, and returns when it takes connections.</summary>
    public async Task StartAsync()
    {
        string configuration = _folder["mosquitto.conf"];
        string[] lines =
            [$"listener {Port} 127.0.0.1", "persistence false", "log_type none", "user root",
                .. _more.Select(line => line.Replace("{folder}", _folder.Root, StringComparison.Ordinal))];
        await System.IO.File.WriteAllLinesAsync(configuration, lines);
        _process = Process.Start(new ProcessStartInfo(Program, ["-c", configuration]) { RedirectStandardError = true })!;
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"mosquitto has ended: {await _process.StandardError.ReadToEndAsync()}");
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(5);
            }
        }
    }

    /// <summary>
    /// Signal 9: it takes leave of nobody and forgets everything. Two moments are spared, of which no sender can know: what it has sent and
    /// nobody has read, the kernel throws away; what it has passed on and not acknowledged is sent again.
    /// </summary>
    /// <param name="isSettled">Whoever listens has heard what the sender was told of, and nothing else.</param>
    /// <exception cref="TimeoutException">That never came.</exception>
    public async Task KillAsync(Func<bool> isSettled)
    {
        long began = Stopwatch.GetTimestamp();
        while (true)
        {
            await SignalAsync("-STOP");
            for (int look = 0; look < 100 && (SomethingIsUnread() || !isSettled()); look++) await Task.Delay(2);
            if (!SomethingIsUnread() && isSettled()) break;
            await SignalAsync("-CONT");
            if (Stopwatch.GetElapsedTime(began) > Patience)
                throw new TimeoutException(SomethingIsUnread() ? "Something stays unread." : "What was sent was not heard.");
            await Task.Delay(2);
        }
        _process!.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = null;
    }

    private async Task SignalAsync(string which)
    {
        using var kill = Process.Start("kill", [which, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// A line to the broker holds bytes that its other end has not read yet (/proc/net/tcp and tcp6, see proc_pid_net(5): .NET's sockets
    /// speak both versions of IP and stand in the second one).
    /// </summary>
    private bool SomethingIsUnread()
    {
        string port = Port.ToString("X4", CultureInfo.InvariantCulture);
        return ((string[])["/proc/net/tcp", "/proc/net/tcp6"]).SelectMany(table => System.IO.File.ReadLines(table).Skip(1)).Any(line =>
        {
            // Number, own address, other address, state, bytes to send:bytes to read.
            string[] fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return fields[2].EndsWith(':' + port, StringComparison.Ordinal) && fields[4].Split(':')[1] != "00000000";
        });
    }

    public void Dispose()
    {
        _process?.Kill();
        _process?.Dispose();
        _folder.Dispose();
    }
}
