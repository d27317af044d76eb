namespace DoorbellFace.Application.Wall;

/// <summary>What came of looking for faces on the wall.</summary>
/// <param name="Faces">How many hang there and are passed over from now on.</param>
/// <param name="Says">The sentence that was said.</param>
/// <param name="LooksLike">People enrolled whom they show.</param>
public sealed record WallLesson(int Faces, string Says, IReadOnlyList<string> LooksLike);
