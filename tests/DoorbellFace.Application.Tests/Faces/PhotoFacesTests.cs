using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Tests.Faces;

public sealed class PhotoFacesTests : IFaceReader
{
    private static readonly PixelBuffer Photo = new(320, 240, PixelFormat.Gray8, new byte[320 * 240]);

    [Fact]
    public void Where_no_face_is_sure_the_likeliest_place_counts()
    {
        var photos = new PhotoFaces(new Finder(), this, new Finder(Face(40, 0.7f), Face(90, 0.6f)));

        Assert.Equal(0.7f, Assert.Single(photos.Read(Photo)).Detection.Confidence);
    }

    [Fact]
    public void Where_a_face_is_sure_nothing_else_is_looked_for()
    {
        var generous = new Finder(Face(90, 0.6f));
        var photos = new PhotoFaces(new Finder(Face(50, 0.999f), Face(40, 0.995f)), this, generous);

        Assert.Equal(2, photos.Read(Photo).Count);
        Assert.Equal(0, generous.Calls);
    }

    [Fact]
    public void A_photo_on_which_nothing_is_like_a_face_has_none() =>
        Assert.Empty(new PhotoFaces(new Finder(), this, new Finder()).Read(Photo));

    public RecognizedFace? Read(PixelBuffer picture, FaceDetection face) => new(face, new FaceVote(1));

    private static FaceDetection Face(int edge, float confidence) => new(new PixelRect(100, 60, edge, edge), Rotation.None, confidence);

    private sealed class Finder(params FaceDetection[] faces) : IFaceFinder
    {
        public int Calls { get; private set; }

        public IReadOnlyList<FaceDetection> Detect(PixelBuffer picture)
        {
            Calls++;
            return faces;
        }
    }
}
