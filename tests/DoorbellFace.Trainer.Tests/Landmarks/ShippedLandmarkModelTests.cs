using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Trainer.Landmarks;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Tests.Landmarks;

/// <summary>
/// The network that the program ships, on photos of people nobody learnt from, against the teacher. The figures, and the target that these
/// weights miss, are in docs/results/landmarks.md; the limits here are what the weights reach, with room for so few photos.
/// </summary>
public sealed class ShippedLandmarkModelTests : IDisposable
{
    private readonly OnnxFaceVerifier _verifier =
        OnnxFaceVerifier.Load(Path.Combine(Repository.Root, "models", "face-landmarks"), threads: 1);

    private static string Data => Path.GetDirectoryName(MeasuringData.Find("splits")!)!;

    public void Dispose() => _verifier.Dispose();

    [DataFact("../models")]
    public void Strangers_landmarks_are_where_the_teacher_sees_them()
    {
        using var teacher = new Teacher(MeasuringData.Find("../models")!);
        IReadOnlyList<MeasuredFace> strangers = MeasuredFace.OfList(Data, "strangers1000.txt", count: 60, teacher);

        foreach ((int? view, double largest) in new (int?, double)[] { (null, 0.06), (80, 0.06), (56, 0.06) })
        {
            LandmarkAccuracy accuracy = LandmarkMeasurement.Accuracy(strangers, view, rough: false, _verifier, threshold: 0.5f);

            Assert.True(accuracy.Mean < largest, $"{view} px: off by {accuracy.Mean:0.000} eye distances");
            Assert.True(accuracy.Kept >= 0.95, $"{view} px: {accuracy.Kept:0.000} of the faces kept");
        }
    }

    [DataFact("nonfaces")]
    public void Things_that_the_cascade_takes_for_faces_are_mostly_refused()
    {
        IReadOnlyList<PixelBuffer> things = [.. Nonfaces.Read(Data, forTraining: false).Take(20)];

        CandidateCounts counts = LandmarkMeasurement.OnNonfaces(things, stepDegrees: 30, _verifier, threshold: 0.5f);

        Assert.True(counts.False >= 10, $"only {counts.False} false alarms to tell apart");
        Assert.InRange((double)counts.FalseKept / counts.False, 0, 0.1);
    }
}
