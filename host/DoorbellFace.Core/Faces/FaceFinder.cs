using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>
/// Finds faces by proposing candidates and deciding on each: by a verifier where there is one, which also places the landmarks that box and
/// angle then come from; else by the proposer's own confidence. A face found upright in the middle of the picture ends the search: it is
/// the visitor's. One beside it may be a passer-by, behind a visitor whose head is tilted. Not thread-safe: one worker owns it.
/// </summary>
public sealed class FaceFinder : IFaceFinder
{
    /// <summary>Two detections are one face when their centres are nearer than this part of the larger edge.</summary>
    private const float SameFaceDistance = 0.5f;

    private readonly IFaceProposer _proposer;
    private readonly IFaceVerifier? _verifier;
    private readonly FaceFinderOptions _options;

    /// <summary>Joins the two.</summary>
    /// <param name="proposer">Names candidates.</param>
    /// <param name="verifier">Decides on them; null: the proposer's confidence does.</param>
    /// <param name="options">Thresholds.</param>
    public FaceFinder(IFaceProposer proposer, IFaceVerifier? verifier = null, FaceFinderOptions? options = null) =>
        (_proposer, _verifier, _options) = (proposer, verifier, options ?? new FaceFinderOptions());

    /// <inheritdoc/>
    public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture)
    {
        PixelBuffer gray = PixelConversion.ToGray8(picture);
        List<FaceDetection> faces = [];
        foreach (IReadOnlyList<FaceDetection> candidates in _proposer.Propose(gray))
        {
            faces = Surest(_verifier is null
                ? candidates.Where(face => face.Confidence >= _options.MinConfidence)
                : Verified(_verifier, gray, candidates));
            float sure = _verifier is null ? _options.UprightConfidence : _options.UprightProbability;
            if (faces.Exists(face => face.Confidence >= sure && face.Box.Contains(gray.Width / 2, gray.Height / 2))) break;
        }
        return FaceOrder.VisitorFirst(faces, gray.Width, gray.Height);
    }

    private IEnumerable<FaceDetection> Verified(IFaceVerifier verifier, PixelBuffer gray, IReadOnlyList<FaceDetection> candidates) =>
        verifier.Verify(gray, candidates)
            .Where(look => look.FaceProbability >= _options.MinProbability)
            .Select(look => FaceGeometry.FromLandmarks(look.Landmarks, look.FaceProbability));

    /// <summary>Non-maximum suppression: of detections of one face, the surest.</summary>
    private static List<FaceDetection> Surest(IEnumerable<FaceDetection> found)
    {
        var faces = new List<FaceDetection>();
        foreach (FaceDetection face in found.OrderByDescending(face => face.Confidence))
        {
            if (!faces.Exists(other => FaceGeometry.IsSameFace(other.Box, face.Box, SameFaceDistance))) faces.Add(face);
        }
        return faces;
    }
}

/// <summary>How sure a <see cref="FaceFinder"/> must be.</summary>
public sealed record FaceFinderOptions
{
    /// <summary>
    /// Least confidence of the proposer's that makes a face where no verifier decides. Lower finds more faces and more of what is none.
    /// </summary>
    public float MinConfidence { get; init; } = 30;

    /// <summary>Without a verifier: an upright face in the middle that is at least this sure ends the search.</summary>
    public float UprightConfidence { get; init; } = 60;

    /// <summary>
    /// Least probability of the verifier's, 0 to 1, that makes a face: 0.997 by default. Higher loses visitors who do not look straight
    /// into the camera, lower shows faces where there are none (the curve in docs/results/detection.md).
    /// </summary>
    public float MinProbability { get; init; } = 0.997f;

    /// <summary>With a verifier: an upright face in the middle that is at least this probable, 0 to 1, ends the search.</summary>
    public float UprightProbability { get; init; } = 0.997f;
}
