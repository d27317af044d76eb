using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Tests.Faces;
using DoorbellFace.Core.Tests.Recognition;

namespace DoorbellFace.Core.Tests.People;

public sealed class GalleryLoaderTests
{
    [Fact]
    public void A_new_model_sees_the_kept_crops_once_and_never_meets_the_others_embeddings()
    {
        var first = new MarkedFaces();
        var second = new MarkedFaces { Manifest = SamplePeople.Manifest with { ModelSha256 = new string('b', 64) } };
        PixelBuffer picture = first.Picture(SamplePeople.Picture(axis: 0));
        second.Picture(SamplePeople.Picture(axis: 7));
        var store = new MemoryGallery(new StoredPerson(new PersonId(Guid.NewGuid()), "Anna", [
            new(new SampleId(Guid.NewGuid()), SampleSource.Photo, default, 0.5f, false,
                FaceCrop.Of(picture, MarkedFaces.Face.Landmarks!.Value), null),
            new(new SampleId(Guid.NewGuid()), SampleSource.Visit, default, 0.5f, true,
                FaceCrop.Of(picture, MarkedFaces.Face.Landmarks!.Value), null)]));

        Gallery before = GalleryLoader.Load(store, first), after = GalleryLoader.Load(store, second),
            again = GalleryLoader.Load(store, second);

        Assert.Equal((SamplePeople.Model, new string('b', 64)), (before.ModelSha256, after.ModelSha256));
        Assert.Equal(1, before.People[0].Samples[0].Embedding.Similarity(SamplePeople.Picture(0)), tolerance: 1e-5f);
        Assert.Equal(1, after.People[0].Samples[0].Embedding.Similarity(SamplePeople.Picture(7)), tolerance: 1e-5f);
        Assert.Equal((1, 1), (after.People[0].Samples.Count, after.People[0].Negatives.Count));
        Assert.Equal(after.People[0].Samples[0], again.People[0].Samples[0]);
        Assert.Equal((2, 2), (first.Calls, second.Calls));
    }

    [Theory]
    [InlineData(90f, 160f)]
    [InlineData(150f, 60f)]
    public void A_crop_aligns_to_the_very_same_face_as_the_picture_it_was_cut_from(float faceEdge, float centerX)
    {
        (PixelBuffer picture, FaceLandmarks landmarks) = PlainFace.Draw(faceEdge, centerX);

        var crop = FaceCrop.Of(picture, landmarks);

        Assert.True(crop.Pixels.Width < picture.Width);
        byte[] fromPicture = FaceAlignment.Align(picture, landmarks, 64).Pixels.ToArray(),
            fromCrop = FaceAlignment.Align(crop.Pixels, crop.Landmarks, 64).Pixels.ToArray();
        Assert.All(fromPicture.Zip(fromCrop), pair => Assert.InRange(pair.First - pair.Second, -1, 1));
    }

    [Fact]
    public void A_large_face_is_kept_smaller()
    {
        (PixelBuffer small, FaceLandmarks landmarks) = PlainFace.Draw(100);
        var twelve = new AffineTransform(1 / 12f, 0, 0, 0, 1 / 12f, 0);
        PixelBuffer large = AffineSampler.Sample(small, twelve, small.Width * 12, small.Height * 12);

        var crop = FaceCrop.Of(large, landmarks.Map(twelve.Inverse()));

        Assert.InRange(crop.Pixels.Width, 224, 300);
        byte[] expected = FaceAlignment.Align(small, landmarks, 32).Pixels.ToArray(),
            found = FaceAlignment.Align(crop.Pixels, crop.Landmarks, 32).Pixels.ToArray();
        Assert.InRange(expected.Zip(found).Average(pair => Math.Abs(pair.First - pair.Second)), 0, 6);
    }
}
