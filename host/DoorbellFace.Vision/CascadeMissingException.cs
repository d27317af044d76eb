namespace DoorbellFace.Vision;

/// <summary>The face cascade is missing or no cascade. The message says what to install.</summary>
public sealed class CascadeMissingException(string message) : Exception(message);
