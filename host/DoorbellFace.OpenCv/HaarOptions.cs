namespace DoorbellFace.OpenCv;

/// <summary>How the cascade looks.</summary>
public sealed record HaarOptions
{
    /// <summary>The cascade's file name in Debian's opencv-data.</summary>
    public const string CascadeFileName = "haarcascade_frontalface_default.xml";

    /// <summary>Step from one face size to the next, above 1; 1.2 by default. Smaller finds a little more and takes longer.</summary>
    public double ScaleFactor { get; init; } = 1.2;

    /// <summary>Hits that must coincide, 1 or more; 2 by default. The sweep sorts out what is left of chance hits.</summary>
    public int MinNeighbours { get; init; } = 2;
}
