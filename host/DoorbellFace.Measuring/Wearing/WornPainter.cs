using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Measuring.Wearing;

/// <summary>
/// Paints masks, caps and dark glasses on the face of a photo, by its five landmarks. To lay masks on photos by landmarks, where no photos
/// of masked faces are to be had, is the method of Anwar and Raychowdhury ("Masked Face Recognition for Secure Authentication", 2020). Here
/// each thing is drawn, lit as the face is, and bent round it as far as nose and eyes tell how the head is turned.
/// The same photo, landmarks and seed give the same picture.
/// </summary>
public static class WornPainter
{
    /// <summary>The photo with the things on the face.</summary>
    /// <param name="photo">Rgb24.</param>
    /// <param name="landmarks">Of the face, in the photo's coordinates; the eyes must not lie on one point with the mouth.</param>
    /// <param name="worn">What is worn; in which order it is given makes no difference.</param>
    /// <param name="seed">Decides kinds, colours, sizes and folds.</param>
    /// <returns>A new picture, Rgb24.</returns>
    /// <exception cref="ArgumentException">The photo is not Rgb24.</exception>
    public static PixelBuffer Paint(PixelBuffer photo, FaceLandmarks landmarks, IReadOnlyCollection<Worn> worn, int seed)
    {
        if (photo.Format != PixelFormat.Rgb24)
            throw new ArgumentException($"What is worn is painted on Rgb24; this is {photo.Format}.", nameof(photo));
        var canvas = new FaceCanvas(photo, landmarks);
        // A mask lies under the glasses, and both under the shadow of a cap.
        if (worn.Contains(Worn.Mask)) MaskPaint.Paint(canvas, new PaintRandom(seed, 1));
        if (worn.Contains(Worn.DarkGlasses)) DarkGlassesPaint.Paint(canvas, new PaintRandom(seed, 2));
        if (worn.Contains(Worn.Cap)) CapPaint.Paint(canvas, new PaintRandom(seed, 3));
        return canvas.ToPicture();
    }
}
