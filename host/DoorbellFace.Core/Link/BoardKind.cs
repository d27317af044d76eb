namespace DoorbellFace.Core.Link;

/// <summary>What the device is built on (docs/protocol.md, HELLO). A newer device may be another one.</summary>
public enum BoardKind
{
    /// <summary>Arduino Uno or Nano: ATmega328P.</summary>
    Atmega328P = 1,

    /// <summary>The virtual doorbell, made of software.</summary>
    Virtual = 2,
}
