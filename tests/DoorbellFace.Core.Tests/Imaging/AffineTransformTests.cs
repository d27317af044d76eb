using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Tests.Imaging;

public class AffineTransformTests
{
    [Fact]
    public void The_inverse_brings_every_point_back()
    {
        var map = new AffineTransform(1.5f, -0.3f, 20, 0.4f, -2, 7);
        (float x, float y) = map.Apply(12, -5);

        (float backX, float backY) = map.Inverse().Apply(x, y);

        Assert.Equal(12, backX, tolerance: 1e-4f);
        Assert.Equal(-5, backY, tolerance: 1e-4f);
    }

    [Fact]
    public void What_lies_on_a_line_cannot_be_undone() =>
        Assert.Throws<InvalidOperationException>(() => new AffineTransform(1, 2, 0, 2, 4, 0).Inverse());
}
