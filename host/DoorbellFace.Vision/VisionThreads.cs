using OpenCvSharp;

namespace DoorbellFace.Vision;

/// <summary>How many threads OpenCV may use, in the whole program.</summary>
public static class VisionThreads
{
    /// <summary>One: for measurements that say so.</summary>
    public static void UseOne() => Cv2.SetNumThreads(1);
}
