using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.People;

/// <summary>Why a picture is not taken as a sample.</summary>
public enum SampleRefusal
{
    /// <summary>No face is in it.</summary>
    NoFace,

    /// <summary>Several faces are in it, and nobody says whose it is.</summary>
    SeveralFaces,

    /// <summary>The face cannot be seen well enough; see <see cref="SampleCheck.Problems"/>.</summary>
    Quality,

    /// <summary>The very picture is there already.</summary>
    AlreadyThere,

    /// <summary>It is unlike the person's other pictures.</summary>
    Unlike,

    /// <summary>It is good, and there are too few like it.</summary>
    TooFew,
}

/// <summary>What a look at one picture says about its use as a sample.</summary>
/// <param name="Faces">Faces in it that may be meant: those that are not much smaller than the largest.</param>
/// <param name="Face">The landmarks of that face; null unless there is exactly one.</param>
/// <param name="Quality">How well that face is seen; null unless there is exactly one.</param>
/// <param name="Problems">What keeps the face from being good enough, the gravest first.</param>
public sealed record SampleCheck(int Faces, FaceLandmarks? Face, FaceQuality? Quality, IReadOnlyList<FaceProblem> Problems)
{
    /// <summary>A face of less than half the largest one's size stands far behind it: a passer-by, or a picture on the wall.</summary>
    private const float BackgroundShare = 0.5f;

    /// <summary>What a frame without a face says.</summary>
    public static SampleCheck NoFace { get; } = new(0, null, null, []);

    /// <summary>Why it is refused; null when it is good enough.</summary>
    public SampleRefusal? Refusal => Faces switch
    {
        0 => SampleRefusal.NoFace,
        > 1 => SampleRefusal.SeveralFaces,
        _ => Problems.Count > 0 ? SampleRefusal.Quality : null,
    };

    /// <summary>The refusal as part of a sentence; empty when it is good enough.</summary>
    public string Reason => Refusal switch
    {
        null => "",
        SampleRefusal.NoFace => "no face is to be seen",
        SampleRefusal.SeveralFaces => $"{Faces} faces are to be seen, and nobody can tell which one is meant",
        _ => "the face is " + string.Join(" and ",
            Problems.Select(problem => problem == FaceProblem.Flat ? "without contrast" : problem.Reason())),
    };

    /// <summary>Faces that may be meant: those that are not much smaller than the largest.</summary>
    public static IReadOnlyList<FaceDetection> Meant(IReadOnlyList<FaceDetection> faces)
    {
        if (faces.Count == 0) return faces;
        int largest = faces.Max(face => face.Box.Width);
        return [.. faces.Where(face => face.Box.Width >= BackgroundShare * largest)];
    }

    /// <summary>Looks at the faces of a picture.</summary>
    /// <param name="gray">Gray8, the picture.</param>
    /// <param name="faces">All faces found in it, with their landmarks.</param>
    /// <param name="limits">What is good enough; null for <see cref="FaceQualityLimits.Enrolment"/>.</param>
    public static SampleCheck Of(PixelBuffer gray, IReadOnlyList<FaceDetection> faces, FaceQualityLimits? limits = null)
    {
        IReadOnlyList<FaceDetection> meant = Meant(faces);
        if (meant.Count == 0) return NoFace;
        if (meant.Count > 1) return new SampleCheck(meant.Count, null, null, []);
        FaceLandmarks landmarks = meant[0].Landmarks
            ?? throw new ArgumentException("Enrolment needs the landmarks of a face.", nameof(faces));
        FaceQuality quality = FaceQuality.Of(gray, landmarks);
        return new SampleCheck(1, landmarks, quality, (limits ?? FaceQualityLimits.Enrolment).Problems(quality));
    }
}
