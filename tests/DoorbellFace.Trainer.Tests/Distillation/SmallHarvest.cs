using System.Runtime.InteropServices;
using DoorbellFace.Core.Faces;
using DoorbellFace.Trainer.Distillation;

namespace DoorbellFace.Trainer.Tests.Distillation;

/// <summary>
/// A harvest of a few made-up faces: each shows a brightness of its own, and the teacher has a direction of its own for each.
/// </summary>
internal static class SmallHarvest
{
    internal const int Faces = 24;

    private const int CropBytes = FaceHarvest.CropEdgePixels * FaceHarvest.CropEdgePixels;

    /// <summary>Writes the three files as <see cref="FaceHarvest.Gather"/> does.</summary>
    internal static FaceHarvest Write(string directory)
    {
        Directory.CreateDirectory(directory);
        var random = new Random(1);
        var crops = new byte[Faces * CropBytes];
        var embeddings = new float[Faces * Teacher.EmbeddingLength];
        for (int face = 0; face < Faces; face++)
        {
            // Bars as broad as the face's number: something that a convolution sees.
            for (int i = 0; i < CropBytes; i++)
                crops[(face * CropBytes) + i] = (byte)(i % FaceHarvest.CropEdgePixels / (3 + face) % 2 == 0 ? 40 : 210);
            Span<float> embedding = embeddings.AsSpan(face * Teacher.EmbeddingLength, Teacher.EmbeddingLength);
            float sum = 0;
            foreach (ref float value in embedding)
            {
                value = (float)(random.NextDouble() - 0.5);
                sum += value * value;
            }
            foreach (ref float value in embedding) value /= MathF.Sqrt(sum);
        }
        File.WriteAllBytes(Path.Combine(directory, "crops.gray"), crops);
        File.WriteAllBytes(Path.Combine(directory, FaceHarvest.EmbeddingsFile), MemoryMarshal.AsBytes(embeddings.AsSpan()).ToArray());
        File.WriteAllLines(Path.Combine(directory, "faces.jsonl"),
            Enumerable.Range(0, Faces).Select(face =>
            FaceHarvest.LineOf(new HarvestedFace($"{face:000}.png", PersonOf(face), FaceAlignment.Template))));
        return FaceHarvest.Read(directory);
    }

    /// <summary>The last two are people whom <see cref="HeldOutFaces"/> holds out.</summary>
    private static string PersonOf(int face) => face switch { Faces - 1 => "person 90", Faces - 2 => "person 215", _ => $"person {face}" };
}
