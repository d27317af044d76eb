using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Faces;

public class FacePlaceTests
{
    [Theory]
    [InlineData(0, 100)]
    [InlineData(35, 60)]
    [InlineData(-120, 240)]
    public void Lies_on_the_face_at_its_size_and_angle(float degrees, float size)
    {
        var pose = AffineTransform.TargetToSource(1, 1, 150, 110, size, Rotation.FromDegrees(degrees));

        FacePlace place = FacePlace.Of(FaceAlignment.Template.Map(pose));

        (float x, float y) = pose.Apply(FacePlace.BoxCenterX, FacePlace.BoxCenterY);
        Assert.Equal(x, place.CenterX, tolerance: 0.01f * size);
        Assert.Equal(y, place.CenterY, tolerance: 0.01f * size);
        Assert.Equal(FacePlace.BoxEdge * size, place.Edge, tolerance: 0.01f * size);
        Assert.InRange(place.Rotation.AngleTo(Rotation.FromDegrees(degrees)), 0, 0.2f);
    }

    [Fact]
    public void The_crop_shows_the_box_with_its_margin()
    {
        var place = new FacePlace(50, 60, 40, Rotation.None);

        AffineTransform map = place.CropToFrame(edgePixels: 28, margin: 0.2f);

        // 40 x 1.4 = 56 pixels of the frame in 28 of the crop.
        Assert.Equal((22, 32), map.Apply(0, 0));
        Assert.Equal((78, 88), map.Apply(28, 28));
    }
}
