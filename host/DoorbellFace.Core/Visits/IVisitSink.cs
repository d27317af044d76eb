using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Visits;

/// <summary>Someone who wants to know what happens at the door: the visit log, the speaker, the screen, later the smart home.</summary>
/// <remarks>Called by one worker, in order. What a sink throws is logged by the caller and does not reach the other sinks.</remarks>
public interface IVisitSink
{
    /// <summary>Something has happened.</summary>
    /// <param name="visitEvent">What.</param>
    /// <param name="picture">The best picture of the visit so far, or null.</param>
    void Receive(VisitEvent visitEvent, VisitPicture? picture);
}

/// <summary>A frame of a visit.</summary>
/// <param name="Pixels">The frame.</param>
/// <param name="Face">The visitor's face in it, or null when none was found.</param>
public sealed record VisitPicture(PixelBuffer Pixels, FaceDetection? Face);
