using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Simulation.Drawing;

namespace DoorbellFace.Vision.Tests;

/// <summary>The face backbone in both precisions that come with the program, on drawn people.</summary>
public class ShippedBackboneTests
{
    [Fact]
    public void With_int8_weights_a_face_is_seen_as_with_fp16_ones()
    {
        using OnnxFaceEmbedder fine = OnnxFaceEmbedder.Load(ShippedModels.FaceBackbone, threads: 1),
            coarse = OnnxFaceEmbedder.Load(ShippedModels.FaceBackboneInUse, threads: 1);
        foreach (FamilyMember member in DrawnFamily.All)
        {
            RenderedFace face = FaceRenderer.RenderFace(member.Person, new DrawnScene { Seed = 3 }, 320, 240);
            PixelBuffer gray = PixelConversion.ToGray8(face.Picture);
            FaceLandmarks landmarks =
                FaceAlignment.Template.Map(point =>
                    new FacePoint(face.Box.X + (point.X * face.Box.Width), face.Box.Y + (point.Y * face.Box.Height)));

            Embedding one = fine.Embed(gray, landmarks), other = coarse.Embed(gray, landmarks);

            Assert.InRange(one.Similarity(other), 0.97f, 1.0001f);
        }
    }

    [Fact]
    public void Each_precision_has_strangers_of_its_own()
    {
        foreach (string folder in (string[])[ShippedModels.FaceBackbone, ShippedModels.FaceBackboneInUse])
        {
            string sha = OnnxModel.ManifestOf(folder).ModelSha256;

            Assert.Equal(1024, StrangerBank.Parse(File.ReadAllBytes(Path.Combine(folder, "strangers.bank")), sha).Strangers.Count);
        }
    }
}
