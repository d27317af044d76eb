using DoorbellFace.Host.Commands;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// Where the log of a running door goes: sentences on standard error for a person, or lines with a priority for the journal of systemd.
/// </summary>
internal static class DoorLogging
{
    /// <summary>systemd sets this where standard error goes to its journal (systemd.exec(5)).</summary>
    private const string JournalVariable = "JOURNAL_STREAM";

    /// <summary>Chooses the provider.</summary>
    public static void AddDoorLogging(this ILoggingBuilder logging, LogLevel level)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(level);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // The web server remarks on what a browser or a stranger sends, with stacks; what the page itself has to say is its own category's.
        logging.AddFilter("Microsoft.AspNetCore", LogLevel.Critical);
        if (Environment.GetEnvironmentVariable(JournalVariable) is { Length: > 0 })
        {
            logging.AddSystemdConsole();
            logging.Services.Configure<ConsoleLoggerOptions>(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        }
        else logging.AddProvider(new RemarkProvider(level));
    }

    private sealed class RemarkProvider(LogLevel level) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new RemarkLogger(level);

        public void Dispose()
        {
        }
    }
}
