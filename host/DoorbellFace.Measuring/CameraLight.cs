using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Measuring;

/// <summary>In what light the doorbell's camera sees a scene.</summary>
public enum CameraLight
{
    /// <summary>Indoors, or outdoors by day.</summary>
    Day,

    /// <summary>By a weak lamp: the exposure and the gain are at their limits, and the picture stays half as bright all the same.</summary>
    Night,
}

/// <summary>What lens and sensor make of a scene, in each light. All views of the doorbell's camera go through here.</summary>
public static class CameraSensor
{
    /// <summary>Blur of the lens in pixels, a standard deviation.</summary>
    private const float BlurSigmaPixels = 0.8f;

    /// <summary>
    /// Noise in gray levels, standard deviations. By night: the OV7670's dynamic range is 52 dB (datasheet 1.4), so that its own noise is
    /// 0.64 of 255 levels, and 10.2 at the firmware's highest gain, 16 (NIGHT_MAX_GAIN); the rest is the light's own.
    /// </summary>
    private const float DayNoiseSigma = 6, NightNoiseSigma = 12;

    /// <summary>What is left of each level, and with it of each difference, by night.</summary>
    private const float NightLevel = 0.5f;

    /// <summary>One frame of the scene's size, Gray8.</summary>
    /// <param name="scene">Gray8 or Rgb24, as it is by day.</param>
    /// <param name="light">The light.</param>
    /// <param name="random">Gives the seed of the noise.</param>
    public static PixelBuffer Capture(PixelBuffer scene, CameraLight light, Random random)
    {
        SensorMode mode = SensorMode.All[0] with { Width = scene.Width, Height = scene.Height };
        bool night = light == CameraLight.Night;
        return new VirtualSensor(night ? NightNoiseSigma : DayNoiseSigma, BlurSigmaPixels, random.Next())
            .Capture(night ? Dimmed(scene) : scene, mode);
    }

    private static PixelBuffer Dimmed(PixelBuffer scene)
    {
        byte[] pixels = scene.Pixels.ToArray();
        foreach (ref byte pixel in pixels.AsSpan()) pixel = (byte)MathF.Round(NightLevel * pixel);
        return new PixelBuffer(scene.Width, scene.Height, scene.Format, pixels);
    }
}
