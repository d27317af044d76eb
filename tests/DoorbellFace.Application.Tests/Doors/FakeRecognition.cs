using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;

namespace DoorbellFace.Application.Tests.Doors;

/// <summary>A detector that sees one face in every frame that is not dark, and can be made to take its time.</summary>
internal sealed class OneFaceDetector : IFaceDetector
{
    /// <summary>Called before each answer; a test may block here.</summary>
    public Action Before { get; set; } = () => { };

    /// <summary>Nobody shows a face.</summary>
    public bool SeesNone { get; set; }

    public IReadOnlyList<FaceDetection> Detect(PixelBuffer gray, int minFaceEdgePixels)
    {
        Before();
        return SeesNone || gray.Pixels[gray.Pixels.Length / 2] < 10
            ? []
            : [new FaceDetection(new PixelRect(100, 60, 100, 100), Rotation.None, 50)];
    }
}

/// <summary>A network that is sure of Anna where the picture is bright, and of a stranger where it is not.</summary>
internal sealed class BrightnessClassifier : IFaceClassifier
{
    public ModelManifest Manifest { get; } =
        ModelManifest.Parse(File.ReadAllText(Path.Combine(Repository.Fixture("models/tiny"), "model.json")));

    public float[] Classify(ReadOnlyMemory<float> tensor) => tensor.Span[0] > 0 ? [9, 0, 0] : [0, 0, 9];
}
