using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Trainer.Distillation;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Landmarks;

/// <summary>A photo that is measured with, and what the teacher sees on it.</summary>
/// <param name="Gray">Gray8.</param>
/// <param name="BoxEdge">Height of the teacher's box.</param>
/// <param name="Landmarks">The teacher's.</param>
internal sealed record MeasuredFace(PixelBuffer Gray, float BoxEdge, FaceLandmarks Landmarks)
{
    /// <summary>Where the cascade would mark the face.</summary>
    public FacePlace Place { get; } = FacePlace.Of(Landmarks);

    /// <summary>The photos of people of whom a list says that nobody may learn from them.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="list">A file of splits.</param>
    /// <param name="count">At most so many photos, the first of each person, in ordinal order.</param>
    /// <param name="teacher">Says where the faces are.</param>
    public static IReadOnlyList<MeasuredFace> OfList(string data, string list, int count, Teacher teacher) =>
        Read(
            File.ReadAllLines(Path.Combine(data, "splits", list)).Select(name => name.Trim()).Where(name => name.Length > 0)
                .Order(StringComparer.Ordinal)
                .Select(name => Path.Combine(data, "lfw", "images", name)).Where(Directory.Exists)
                .Select(folder => Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).First()).Take(count),
            teacher);

    /// <summary>The photos of a folder.</summary>
    /// <param name="folder">With photos of one face each.</param>
    /// <param name="longSide">Longer side to which they are reduced.</param>
    /// <param name="teacher">Says where the faces are.</param>
    public static IReadOnlyList<MeasuredFace> InFolder(string folder, int longSide, Teacher teacher) =>
        Read(Directory.EnumerateFiles(folder).Where(PictureFile.HasPictureExtension).Order(StringComparer.Ordinal), teacher, longSide);

    private static List<MeasuredFace> Read(IEnumerable<string> paths, Teacher teacher, int longSide = int.MaxValue)
    {
        var faces = new List<MeasuredFace>();
        foreach (string path in paths)
        {
            PixelBuffer photo = PictureFile.Read(path);
            if (teacher.FindFace(photo) is not { } face) continue;
            float scale = MathF.Max(1, (float)Math.Max(photo.Width, photo.Height) / longSide);
            int width = (int)(photo.Width / scale), height = (int)(photo.Height / scale);
            var map = AffineTransform.TargetToSource(width, height, photo.Width / 2f, photo.Height / 2f, scale, Rotation.None);
            PixelBuffer gray = PixelConversion.ToGray8(photo);
            faces.Add(scale == 1
                ? new MeasuredFace(gray, face.BoxEdge, face.Landmarks)
                : new MeasuredFace(AffineSampler.Sample(gray, map, width, height), face.BoxEdge / scale,
                    face.Landmarks.Map(map.Inverse())));
        }
        return faces;
    }
}
