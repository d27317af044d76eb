namespace DoorbellFace.Core.Faces;

/// <summary>Which of several faces is the visitor's.</summary>
internal static class FaceOrder
{
    /// <summary>
    /// Faces at least this part of the largest one's edge stand equally near: landmarks, from which the edge comes, are off by some 5 % of
    /// the eye distance each, and heads differ in size.
    /// </summary>
    private const float AsLarge = 0.85f;

    /// <summary>The largest face first; of those about as large, the one nearest to the middle of the picture.</summary>
    /// <param name="faces">In the coordinates of the picture.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <param name="height">Rows of the picture.</param>
    public static IReadOnlyList<FaceDetection> VisitorFirst(IReadOnlyCollection<FaceDetection> faces, int width, int height)
    {
        if (faces.Count < 2) return [.. faces];
        float near = AsLarge * faces.Max(face => face.Box.Width);
        var middle = new FacePoint(width / 2f, height / 2f);
        return
        [
            .. faces.Where(face => face.Box.Width >= near).OrderBy(face => middle.DistanceTo(FaceGeometry.CenterOf(face.Box))),
            .. faces.Where(face => face.Box.Width < near).OrderByDescending(face => face.Box.Area)
                .ThenByDescending(face => face.Confidence),
        ];
    }
}
