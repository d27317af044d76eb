using DoorbellFace.Core.Faces;

namespace DoorbellFace.Core.Tests.Faces;

public class FaceLookTests
{
    private static readonly FaceQuality Good = new(40, 0.05f, 120, 40, new FacePose(0, 0, 0), 0);

    [Theory]
    [InlineData(120, FaceLight.Good)]
    [InlineData(40, FaceLight.RatherDark)]
    [InlineData(20, FaceLight.TooDark)]
    [InlineData(230, FaceLight.RatherBright)]
    [InlineData(245, FaceLight.TooBright)]
    public void Light_has_a_word(float brightness, FaceLight light) =>
        Assert.Equal(new FaceLook(light, SeenAs.Well, SeenAs.Well), FaceLook.Of([Good with { Brightness = brightness }]));

    [Theory]
    [InlineData(40, SeenAs.Well)]
    [InlineData(15, SeenAs.Fairly)]
    [InlineData(7, SeenAs.Poorly)]
    public void Size_has_a_word(float eyeDistance, SeenAs size) =>
        Assert.Equal(new FaceLook(FaceLight.Good, size, SeenAs.Well), FaceLook.Of([Good with { EyeDistancePixels = eyeDistance }]));

    [Theory]
    [InlineData(0.05f, SeenAs.Well)]
    [InlineData(0.02f, SeenAs.Fairly)]
    [InlineData(0.01f, SeenAs.Poorly)]
    public void Sharpness_has_a_word(float sharpness, SeenAs seen) =>
        Assert.Equal(new FaceLook(FaceLight.Good, SeenAs.Well, seen), FaceLook.Of([Good with { Sharpness = sharpness }]));

    [Fact]
    public void One_odd_picture_of_many_says_nothing_of_all() =>
        Assert.Equal(new FaceLook(FaceLight.Good, SeenAs.Well, SeenAs.Well), FaceLook.Of([Good, Good with { Brightness = 10 }, Good]));

    [Fact]
    public void Of_no_picture_nothing_can_be_said() => Assert.Throws<ArgumentException>(() => FaceLook.Of([]));
}
