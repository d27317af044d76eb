using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>The virtual doorbell has begun to send a frame: the truth that a host's result can be held against.</summary>
/// <param name="Boot">Number of the start.</param>
/// <param name="Sequence">0 to 16383.</param>
/// <param name="Trigger">What started it.</param>
/// <param name="Press">The newest press before it; 0 when there was none.</param>
public readonly record struct FrameSent(int Boot, int Sequence, FrameTrigger Trigger, int Press);
