namespace DoorbellFace.Application.Doors;

/// <summary>Somebody who asks things of a running door as long as it runs: a broker that passes commands on, a button indoors.</summary>
/// <remarks>What one of them throws is logged and ends nothing but that one.</remarks>
public interface IDoorAsker
{
    /// <summary>What logs call it.</summary>
    string Name { get; }

    /// <summary>Asks until it is stopped.</summary>
    /// <param name="door">Who is asked.</param>
    /// <param name="stop">The door closes.</param>
    Task RunAsync(IDoorRequests door, CancellationToken stop);
}
