namespace DoorbellFace.Simulation.Drawing;

/// <summary>A colour as it is seen on the picture, each part 0 (none) to 1 (full).</summary>
public readonly record struct DrawnColour
{
    /// <summary>Creates the colour.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is outside 0 to 1.</exception>
    public DrawnColour(float red, float green, float blue)
    {
        Red = Dials.Part(red);
        Green = Dials.Part(green);
        Blue = Dials.Part(blue);
    }

    /// <summary>Red, 0 to 1.</summary>
    public float Red { get; }

    /// <summary>Green, 0 to 1.</summary>
    public float Green { get; }

    /// <summary>Blue, 0 to 1.</summary>
    public float Blue { get; }

    /// <summary>How bright the eye finds it, 0 to 1 (ITU-R BT.601 weights).</summary>
    public float Luma => (0.299f * Red) + (0.587f * Green) + (0.114f * Blue);

    /// <summary>Between two colours: <paramref name="t"/> 0 gives this one, 1 the other.</summary>
    public DrawnColour MixedWith(DrawnColour other, float t) => new(
        PortableMath.Mix(Red, other.Red, t), PortableMath.Mix(Green, other.Green, t), PortableMath.Mix(Blue, other.Blue, t));

    /// <summary>
    /// The amount of light it stands for. Light adds up and colours do not, so shading is done with light; a gamma of 2 is close to what
    /// screens do (2.2) and needs no power function.
    /// </summary>
    internal Point3 Light => new(Red * Red, Green * Green, Blue * Blue);
}
