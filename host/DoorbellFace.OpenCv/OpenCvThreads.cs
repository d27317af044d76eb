using OpenCvSharp;

namespace DoorbellFace.OpenCv;

/// <summary>How many threads OpenCV may use, in the whole program.</summary>
public static class OpenCvThreads
{
    /// <summary>One: for measurements that say so.</summary>
    public static void UseOne() => Cv2.SetNumThreads(1);
}
