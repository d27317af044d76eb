namespace DoorbellFace.Core.Imaging;

/// <summary>
/// An in-plane angle in degrees, clockwise as seen on the picture, kept in (-180, 180].
/// A face "at 30 degrees" has its chin-to-brow axis tilted 30 degrees clockwise: the head leans to the picture's right.
/// </summary>
public readonly record struct Rotation
{
    private Rotation(float degrees) => Degrees = degrees;

    /// <summary>No rotation.</summary>
    public static Rotation None => default;

    /// <summary>Degrees clockwise, in (-180, 180].</summary>
    public float Degrees { get; }

    /// <summary>The same in radians.</summary>
    public float Radians => Degrees * MathF.PI / 180f;

    /// <summary>Any finite angle, brought into (-180, 180].</summary>
    /// <exception cref="ArgumentOutOfRangeException">The angle is not finite.</exception>
    public static Rotation FromDegrees(float degrees)
    {
        if (!float.IsFinite(degrees))
            throw new ArgumentOutOfRangeException(nameof(degrees), degrees, "An angle must be finite.");
        float wrapped = degrees % 360f;
        if (wrapped > 180f) wrapped -= 360f;
        if (wrapped <= -180f) wrapped += 360f;
        return new Rotation(wrapped);
    }

    /// <summary>The smallest turn from this angle to another, 0 to 180 degrees, without its sign.</summary>
    public float AngleTo(Rotation other) => MathF.Abs(FromDegrees(other.Degrees - Degrees).Degrees);

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Degrees:0.#} deg");
}
