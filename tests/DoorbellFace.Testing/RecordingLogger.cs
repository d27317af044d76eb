using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Testing;

/// <summary>A log that keeps what it is told. Thread-safe.</summary>
public sealed class RecordingLogger : ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Words)> _entries = new();

    /// <summary>What was said at warning level or above.</summary>
    public IReadOnlyList<string> Warnings => [.. _entries.Where(entry => entry.Level >= LogLevel.Warning).Select(entry => entry.Words)];

    /// <summary>What was said at information level.</summary>
    public IReadOnlyList<string> Remarks => [.. _entries.Where(entry => entry.Level == LogLevel.Information).Select(entry => entry.Words)];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?,
        string> formatter) =>
        _entries.Enqueue((logLevel, formatter(state, exception)));
}
