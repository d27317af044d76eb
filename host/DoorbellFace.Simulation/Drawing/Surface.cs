namespace DoorbellFace.Simulation.Drawing;

/// <summary>How one spot of a surface answers light.</summary>
/// <param name="Albedo">Part of red, green and blue light it sends back.</param>
/// <param name="Gloss">Strength of its highlight, 0 dull to 1 wet.</param>
/// <param name="Flat">0 shaded by its relief, 1 facing the viewer: for eyes, whose ball is painted and not modelled.</param>
internal readonly record struct Surface(Point3 Albedo, float Gloss, float Flat = 0)
{
    public Surface Painted(Point3 albedo, float cover, float gloss) =>
        cover <= 0 ? this : new Surface(Point3.Mix(Albedo, albedo, cover), PortableMath.Mix(Gloss, gloss, cover), Flat);

    public Surface Darkened(float by) => this with { Albedo = Albedo * (1 - by) };
}
