namespace DoorbellFace.Core.Visits;

/// <summary>Which press of which start of a doorbell a ring is.</summary>
/// <param name="Boot">Number of the start, 0 to 127; a button of the computer itself has its own, larger ones.</param>
/// <param name="Press">Number of the press since then, from 1.</param>
public readonly record struct PressId(int Boot, int Press);
