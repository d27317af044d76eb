using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;
using DoorbellFace.Vision;

namespace DoorbellFace.Vision.Tests;

/// <summary>The verdicts of light and focus on what a camera at a door sees: photos of people, and drawn visitors.</summary>
public class PictureQualityTests
{
    private const float Noise = 3;
    private static readonly SensorMode Qvga = SensorMode.All[0];

    [DataFact("caltech-faces")]
    public void Photos_of_people_are_sharp_and_out_of_focus_they_are_not()
    {
        PixelBuffer[] photos =
            [.. Directory.EnumerateFiles(MeasuringData.Find("caltech-faces")!, "*.jpg").Order(StringComparer.Ordinal)
                .Where((_, index) => index % 4 == 0)
            .Select(path => PictureFile.TryRead(path).Picture!)];
        double Sharp(float blur) =>
            photos.Count(photo =>
                PictureSharpness.Of(new VirtualSensor(Noise, blur, 1).Capture(photo, Qvga))
                    .Verdict == FocusVerdict.Sharp) / (double)photos.Length;

        Assert.InRange(Sharp(0), 0.98, 1);
        Assert.InRange(Sharp(1.5f), 0, 0.05);
        Assert.InRange(Sharp(3), 0, 0.02);
        Assert.All(photos, photo =>
            Assert.Contains(PictureLight.Of(photo).Verdict, (LightVerdict[])[LightVerdict.Right, LightVerdict.Dark, LightVerdict.Bright]));
    }

    [Fact]
    public void A_drawn_visitor_is_sharp_and_rightly_lit_and_out_of_focus_is_not()
    {
        PixelBuffer visitor = FaceRenderer.Render(DrawnFamily.All[0].Person, DrawnScene.Random(3, new SceneVariation()), 320, 240);

        PixelBuffer sharp = new VirtualSensor(Noise, 0, 1).Capture(visitor, Qvga),
            blurred = new VirtualSensor(Noise, 2, 1).Capture(visitor, Qvga);

        Assert.Equal((FocusVerdict.Sharp, LightVerdict.Right), (PictureSharpness.Of(sharp).Verdict, PictureLight.Of(sharp).Verdict));
        Assert.Equal((FocusVerdict.Blurred, LightVerdict.Right), (PictureSharpness.Of(blurred).Verdict, PictureLight.Of(blurred).Verdict));
    }
}
