using DoorbellFace.Core.Rules;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Rules;

/// <summary>
/// The rules of a running door. <see cref="Refresh"/> is called by the door's worker; <see cref="Current"/> may be read from any task and
/// touches no disk, so that the chime never waits for one. Rules that cannot be read count as none: then everything is heard.
/// </summary>
/// <param name="storage">Where they are kept; null: there are none.</param>
/// <param name="log">For complaints.</param>
public sealed class LiveRules(IRulesStorage? storage, ILogger log)
{
    private volatile HouseRules _current = HouseRules.None;
    private string? _stamp, _complaint;

    /// <summary>The rules that count now.</summary>
    public HouseRules Current => _current;

    /// <summary>There are rules, and they cannot be read.</summary>
    public bool IsBroken => _complaint is not null;

    /// <summary>Takes a change over, whoever made it. Never throws.</summary>
    public void Refresh()
    {
        if (storage is null || storage.Stamp is not { } stamp || stamp == _stamp) return;
        _stamp = stamp;
        try
        {
            _current = new RulesService(storage).Read();
            if (_complaint is not null) log.LogInformation("The rules of the house can be read again.");
            _complaint = null;
        }
#pragma warning disable CA1031 // Whatever is wrong with the rules, the bell is heard.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _current = HouseRules.None;
            if (error.Message != _complaint) log.LogError("{Reason}", error.Message);
            _complaint = error.Message;
        }
    }
}
