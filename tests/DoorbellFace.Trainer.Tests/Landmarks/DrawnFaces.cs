using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Trainer.Landmarks;

namespace DoorbellFace.Trainer.Tests.Landmarks;

/// <summary>Drawn people as known faces; their mouth corners stand where a usual mouth's do.</summary>
internal static class DrawnFaces
{
    public static IReadOnlyList<KnownFace> Draw(int count, int firstSeed = 0) => [.. Enumerable.Range(firstSeed, count).Select(One)];

    public static KnownFace One(int seed)
    {
        RenderedFace face =
            FaceRenderer.RenderFace(DrawnPerson.FromSeed(seed),
                DrawnScene.Random(seed, new SceneVariation { TiltDegrees = 0, YawDegrees = 10 }), 240, 240);
        FacePoint left = new(face.LeftEye.X, face.LeftEye.Y), right = new(face.RightEye.X, face.RightEye.Y);
        float half = 0.42f * left.DistanceTo(right);
        var landmarks = new FaceLandmarks(
            left, right, new(face.NoseTip.X, face.NoseTip.Y), new(face.Mouth.X - half, face.Mouth.Y),
                new(face.Mouth.X + half, face.Mouth.Y));
        return new KnownFace(PixelConversion.ToGray8(face.Picture), landmarks, HasSurroundings: true);
    }
}
