using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>A photo of which the teacher has said where the face is.</summary>
/// <param name="Gray">Gray8.</param>
/// <param name="Landmarks">The teacher's, in the photo's coordinates.</param>
/// <param name="HasSurroundings">Whether the photo shows something beside the face.</param>
internal sealed record KnownFace(PixelBuffer Gray, FaceLandmarks Landmarks, bool HasSurroundings)
{
    /// <summary>One face in so many counts as hard: those that an earlier network believes least.</summary>
    private const int HardOneIn = 20;

    /// <summary>One person in so many is held out, to see how well what was learnt holds for people never seen.</summary>
    private const int HeldOutOneIn = 40;

    /// <summary>Where the cascade would mark the face.</summary>
    public FacePlace Place { get; } = FacePlace.Of(Landmarks);

    /// <summary>
    /// Whether it is one of those that a network made before believed least: faces that look aside or are half hidden, most of them.
    /// </summary>
    public bool IsHard { get; init; }

    /// <summary>
    /// Whether a photo is kept from the training: by person where the set has names, else by photo; the same in every run.
    /// </summary>
    public static bool IsHeldOut(HarvestedFace face) =>
        BitConverter.ToUInt32(SHA256.HashData(Encoding.UTF8.GetBytes(face.Person ?? face.Photo))) % HeldOutOneIn == 0;

    /// <summary>Reads the photos, in the order given; those that cannot be read are left out.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="faces">Those with landmarks.</param>
    /// <param name="onPhoto">Called after each, from several threads.</param>
    public static IReadOnlyList<KnownFace> Read(string data, IReadOnlyList<HarvestedFace> faces, Action onPhoto)
    {
        var read = new KnownFace?[faces.Count];
        Parallel.ForEach(Partitioner.Create(0, faces.Count), range =>
        {
            for (int i = range.Item1; i < range.Item2; i++)
            {
                PictureReading reading = PictureFile.TryRead(Path.Combine(data, faces[i].Photo));
                if (reading.Succeeded && faces[i].Landmarks is { } landmarks)
                    read[i] =
                        new KnownFace(PixelConversion.ToGray8(reading.Picture), landmarks, ShowsSurroundings(reading.Picture, landmarks));
                onPhoto();
            }
        });
        return [.. read.OfType<KnownFace>()];
    }

    /// <summary>The same faces, told which of them an earlier network believes least in the very place where they are.</summary>
    /// <param name="faces">The photos.</param>
    /// <param name="earlier">Folder of the network.</param>
    /// <param name="onFace">Called after each, from several threads.</param>
    public static IReadOnlyList<KnownFace> Judged(IReadOnlyList<KnownFace> faces, string earlier, Action onFace)
    {
        var believed = new float[faces.Count];
        Parallel.ForEach(Partitioner.Create(0, faces.Count), () => OnnxFaceVerifier.Load(earlier, threads: 1, looks: 1),
            (range, _, verifier) =>
        {
            for (int i = range.Item1; i < range.Item2; i++, onFace())
                believed[i] =
                    verifier.Verify(faces[i].Gray, [FaceGeometry.FromLandmarks(faces[i].Landmarks, confidence: 1)])[0].FaceProbability;
            return verifier;
        }, verifier => verifier.Dispose());
        float least = believed.Order().ElementAt(faces.Count / HardOneIn);
        return [.. faces.Select((face, i) => face with { IsHard = believed[i] < least })];
    }

    /// <summary>Whether a box of the face's size fits into the photo a second time beside it.</summary>
    private static bool ShowsSurroundings(PixelBuffer photo, FaceLandmarks landmarks) => photo.Width >= 1.6f * FacePlace.Of(landmarks).Edge;
}
