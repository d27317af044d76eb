using DoorbellFace.Core.Imaging;

namespace DoorbellFace.Simulation.Drawing;

/// <summary>
/// Draws a person in a scene as a stylised portrait: surfaces of triangles, seen without perspective, nearest first, lit with soft shadows,
/// several samples a pixel. Pure; the same arguments give the same bytes on every machine. Safe to call from several threads.
/// </summary>
public static class FaceRenderer
{
    /// <summary>
    /// Middle of the region that <see cref="RenderedFace.Box"/> marks, between eyes and mouth on the skin, in head units.
    /// </summary>
    private static readonly Point3 BoxMiddle = new(0, 0.14f, 0.78f);

    /// <summary>Draws the picture.</summary>
    /// <param name="person">Who.</param>
    /// <param name="scene">Pose, light and place.</param>
    /// <param name="width">Picture width, 16 to 4000 pixels.</param>
    /// <param name="height">Picture height, 16 to 4000 pixels.</param>
    /// <returns>An Rgb24 picture.</returns>
    public static PixelBuffer Render(DrawnPerson person, DrawnScene scene, int width, int height) =>
        RenderFace(person, scene, width, height).Picture;

    /// <summary>Draws the picture and tells where the face and its parts are.</summary>
    /// <inheritdoc cref="Render"/>
    public static RenderedFace RenderFace(DrawnPerson person, DrawnScene scene, int width, int height)
    {
        Dials.Within(width, 16, 4000);
        Dials.Within(height, 16, 4000);
        var face = new FaceProportions(person, scene);
        var head = new HeadForm(person);
        HairForm? hair = HairForm.Of(person, face);
        var placement = new Placement(scene, width, height, BoxMiddle);
        List<PlacedMesh> surfaces = Assemble(person, face, head, hair, placement);

        float unit = scene.FaceHeightPixels / FaceProportions.FaceHeight;
        using var lighting = new Lighting(scene, surfaces, placement.Head(new Point3(0, 0.15f, 0)), unit);
        var canvas = new Canvas(
            surfaces, lighting, new SkinPaint(person, scene, face, head, hair), new OtherPaint(person, scene, hair),
                new BackdropPaint(scene));
        // Small faces need more samples to keep their eyes; for large ones four a pixel are plenty.
        PixelBuffer picture = canvas.Draw(width, height, samplesPerSide: scene.FaceHeightPixels < 110 ? 3 : 2);
        return Describe(picture, scene, face, head, placement);
    }

    private static List<PlacedMesh> Assemble(DrawnPerson person, FaceProportions face, HeadForm head, HairForm? hair, Placement placement)
    {
        var surfaces = new List<PlacedMesh>();
        OnHead(HeadMesh.Skin(head, face, person));
        // Hanging hair lies over the ears.
        if (hair is not { Hangs: true })
        {
            OnHead(HeadMesh.Ear(head, person, -1));
            OnHead(HeadMesh.Ear(head, person, 1));
        }
        if (hair is not null) OnHead(HairMesh.Shell(head, hair, person));
        if (person.HairStyle == HairStyle.Bun) OnHead(HairMesh.Knot(person));
        foreach (Mesh part in GlassesMesh.Build(person, face, head)) OnHead(part);
        OnBody(BodyMesh.Neck(person));
        OnBody(BodyMesh.Torso(person));
        return surfaces;

        void OnHead(Mesh mesh) => surfaces.Add(new PlacedMesh(mesh, placement.Head, placement.HeadDirection));
        void OnBody(Mesh mesh) => surfaces.Add(new PlacedMesh(mesh, placement.Body, placement.BodyDirection));
    }

    private static RenderedFace Describe(PixelBuffer picture, DrawnScene scene, FaceProportions face, HeadForm head, Placement placement)
    {
        float edge = scene.FaceHeightPixels * RenderedFace.BoxEdgePerFaceHeight;
        Point3 middle = placement.Head(BoxMiddle);
        return new RenderedFace(
            picture,
            PixelRect.SquareAround(middle.X, middle.Y, edge),
            scene.Tilt,
            OnSkin(-face.EyeX, face.EyeY, -0.05f),
            OnSkin(face.EyeX, face.EyeY, -0.05f),
            OnSkin(0, face.NoseBaseY - 0.075f, face.NoseHeight),
            OnSkin(0, face.MouthY + (face.JawDrop / 3), 0.05f));

        PicturePoint OnSkin(float x, float y, float height)
        {
            float sine = x / head.HalfWidth(y);
            Point3 place = head.At(y, sine, MathF.Sqrt(MathF.Max(0, 1 - (sine * sine))));
            Point3 seen = placement.Head(place with { Z = place.Z + height });
            return new PicturePoint(seen.X, seen.Y);
        }
    }
}
