namespace DoorbellFace.Application.People;

/// <summary>A photo that somebody sent; it lies in no file.</summary>
/// <param name="Name">What they call it.</param>
/// <param name="Content">The bytes of its file.</param>
public sealed record SentPhoto(string Name, byte[] Content);

/// <summary>A photo with several faces, of which somebody says which one is meant.</summary>
/// <param name="Photo">Its place among the photos.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Faces">The faces, as PNG files.</param>
public sealed record FaceQuestion(int Photo, string Name, IReadOnlyList<byte[]> Faces);
