namespace DoorbellFace.Measuring;

/// <summary>How identification is measured.</summary>
/// <param name="EnrolmentPhotos">Photos of each person that they are enrolled with; the rest are probes.</param>
/// <param name="Seed">Decides which photos, and the camera's noise.</param>
/// <param name="Camera">Face height in pixels at which probes are seen; null for the photo as it is.</param>
/// <param name="EnrolmentCamera">The same for enrolment photos.</param>
/// <param name="Frames">Frames of a probe that are fused; above 1 only with a camera.</param>
/// <param name="LeaveOneOut">Each person in turn is a stranger to all the others; other strangers come on top.</param>
public sealed record IdentificationSettings(int EnrolmentPhotos, int Seed, int? Camera, int? EnrolmentCamera, int Frames, bool LeaveOneOut)
{
    /// <summary>Whether the model's own classifier, if it has one, is not asked.</summary>
    public bool GalleryOnly { get; init; }

    /// <summary>Whether the camera's frames travel in compressed rows.</summary>
    public bool Compressed { get; init; }
}
