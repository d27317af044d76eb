namespace DoorbellFace.Simulation.Firmware;

/// <summary>The firmware or its simulator cannot be built or started; the message says why and what is needed.</summary>
public sealed class FirmwareUnavailableException(string message) : Exception(message);
