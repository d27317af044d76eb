using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Core.Faces;

/// <summary>A face found in a frame.</summary>
/// <param name="Box">
/// Square around the face in frame coordinates. For a tilted face it is the upright square with the same centre and edge as the tilted one.
/// </param>
/// <param name="Rotation">How far the face is tilted clockwise; sampling the frame through this angle brings it upright.</param>
/// <param name="Confidence">The detector's own measure, higher is surer; comparable only within one detector.</param>
/// <param name="Landmarks">Eyes, nose and mouth in frame coordinates, where the detector knows them. Left and right as seen when the face
/// stands upright.</param>
public readonly record struct FaceDetection(PixelRect Box, Rotation Rotation, float Confidence, FaceLandmarks? Landmarks = null);
