namespace DoorbellFace.OpenCv;

/// <summary>A detector's file is missing or is another one. The message says what was expected and where to get it.</summary>
public sealed class DetectorModelException(string message) : Exception(message);
