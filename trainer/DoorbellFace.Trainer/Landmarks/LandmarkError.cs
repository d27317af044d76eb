using DoorbellFace.Core.Faces;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>How far landmarks are off.</summary>
internal static class LandmarkError
{
    /// <summary>Mean distance of the five points, in parts of the true eye distance.</summary>
    public static float Of(FaceLandmarks truth, FaceLandmarks found)
    {
        float sum = 0;
        for (int i = 0; i < FaceLandmarks.Count; i++) sum += truth.Points[i].DistanceTo(found.Points[i]);
        // From the side the eyes stand close together; the distance from the eyes to the mouth then says how large the face is.
        return sum / FaceLandmarks.Count / MathF.Max(truth.EyeDistance, 0.5f * EyesToMouth(truth));
    }

    private static float EyesToMouth(FaceLandmarks face) =>
        Middle(face.LeftEye, face.RightEye).DistanceTo(Middle(face.LeftMouthCorner, face.RightMouthCorner));

    private static FacePoint Middle(FacePoint one, FacePoint other) => new((one.X + other.X) / 2, (one.Y + other.Y) / 2);
}
