using DoorbellFace.Terminal;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Commands;

/// <summary>A log for commands that one person waits for: what matters becomes a remark on standard error.</summary>
/// <param name="least">The least level that is shown.</param>
internal sealed class RemarkLogger(LogLevel least = LogLevel.Information) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string words = formatter(state, exception);
        Screen.Remark(exception is null ? words : $"{words} {exception.GetType().Name}: {exception.Message}");
    }
}
