using System.Security.Cryptography;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Simulation.Drawing;
using Xunit.Abstractions;

namespace DoorbellFace.Simulation.Tests.Drawing;

public class FaceRendererTests(ITestOutputHelper output)
{
    /// <summary>How far two scenes of one person are apart here: people who look towards the door, in all kinds of light.</summary>
    private static readonly SceneVariation LookingAtTheDoor = new() { YawDegrees = 12, PitchDegrees = 6, TiltDegrees = 5 };

    /// <summary>
    /// Pins every byte, on every machine. Whoever changes the drawing on purpose puts the new values here, and trains the demo's model
    /// again.
    /// </summary>
    [Fact]
    public void The_family_is_drawn_byte_for_byte_as_ever()
    {
        string[] drawn =
            [.. DrawnFamily.All.Select((member, i) =>
                $"{member.Name} {Hash(FaceRenderer.Render(member.Person, DrawnScene.Random(i), 160, 120))}")];
        foreach (string line in drawn) output.WriteLine(line);

        Assert.Equal(
            [
                "Anna 33483C08845A9AA2",
                "Ben 3C0B5B075C08DFDD",
                "Clara 992AC5445E3DE725",
                "David 50BE5BD845E712F6",
            ],
            drawn);
    }

    [Fact]
    public void The_same_stranger_is_drawn_the_same_twice_and_from_several_threads()
    {
        string[] hashes = new string[4];
        Parallel.For(0, hashes.Length, i =>
            hashes[i] = Hash(FaceRenderer.Render(DrawnStrangers.Visitor(3), DrawnScene.Random(7), 160, 120)));

        Assert.Single(hashes.Distinct());
    }

    [Fact]
    public void Another_seed_is_another_person_in_another_scene()
    {
        DrawnScene scene = DrawnScene.Random(1);

        Assert.NotEqual(Hash(FaceRenderer.Render(DrawnPerson.FromSeed(1), scene, 80, 60)),
            Hash(FaceRenderer.Render(DrawnPerson.FromSeed(2), scene, 80, 60)));
        Assert.NotEqual(Hash(FaceRenderer.Render(DrawnPerson.FromSeed(1), scene, 80, 60)),
            Hash(FaceRenderer.Render(DrawnPerson.FromSeed(1), DrawnScene.Random(2), 80, 60)));
    }

    [Fact]
    public void The_family_is_told_apart_by_nothing_but_gray_pixels()
    {
        const int known = 6, asked = 10;
        float[][] templates =
            [.. DrawnFamily.All.Select(member => Mean([.. Enumerable.Range(0, known).Select(i => Face(member.Person, 500 + i))]))];
        int right = 0;
        for (int who = 0; who < 4; who++)
        {
            for (int i = 0; i < asked; i++)
            {
                float[] face = Face(DrawnFamily.All[who].Person, 600 + (10 * who) + i);
                int nearest = Enumerable.Range(0, 4).MinBy(other => Distance(face, templates[other]));
                if (nearest == who) right++;
            }
        }

        output.WriteLine($"{right} of {4 * asked} right");
        Assert.InRange(right, 37, 40);
    }

    [Fact]
    public void In_one_scene_any_two_strangers_differ_more_than_one_of_them_does_after_a_small_turn()
    {
        var scene = new DrawnScene { FaceHeightPixels = 120 };
        DrawnPerson[] people = [.. Enumerable.Range(0, 12).Select(DrawnStrangers.ForMeasuring)];
        float[][] straight = [.. people.Select(person => Face(person, scene))];
        float turned =
            people.Select((person, i) => Distance(straight[i], Face(person, scene with { YawDegrees = 3, PitchDegrees = -2 }))).Max();
        float nearest = float.MaxValue;
        for (int a = 0; a < people.Length; a++)
        {
            for (int b = a + 1; b < people.Length; b++) nearest = Math.Min(nearest, Distance(straight[a], straight[b]));
        }

        output.WriteLine($"the same person turned: at most {turned:0.000}; two people: at least {nearest:0.000}");
        Assert.True(nearest > turned, $"two people are only {nearest} apart, one person turned {turned}");
    }

    [Fact]
    public void Shut_eyes_open_mouth_and_light_each_change_the_face()
    {
        DrawnPerson person = DrawnFamily.Clara.Person;
        var scene = new DrawnScene { FaceHeightPixels = 120 };
        float[] plain = Face(person, scene);

        foreach (
            DrawnScene other in new[] { scene with { EyesOpen = 0 }, scene with { MouthOpen = 1 }, scene with { Smile = 1 },
                scene with { LightDegrees = 60 } })
        {
            float change = Distance(plain, Face(person, other));
            output.WriteLine($"{change:0.000}");
            // Drawing the same twice gives exactly 0, so a setting that does nothing would show.
            Assert.InRange(change, 0.005f, 2f);
        }
    }

    private static string Hash(PixelBuffer picture) => Convert.ToHexString(SHA256.HashData(picture.Pixels))[..16];

    private static float[] Face(DrawnPerson person, int sceneSeed) => Face(person, DrawnScene.Random(sceneSeed, LookingAtTheDoor));

    /// <summary>The face cut out by its true box, 32 x 32 gray, with mean 0 and deviation 1.</summary>
    private static float[] Face(DrawnPerson person, DrawnScene scene)
    {
        RenderedFace face = FaceRenderer.RenderFace(person, scene, 320, 240);
        PixelBuffer crop = FaceCropper.Crop(PixelConversion.ToGray8(face.Picture), new FaceDetection(face.Box, face.Tilt, 1), 0.15f, 32);
        float[] values = [.. crop.Pixels.ToArray().Select(value => (float)value)];
        float mean = values.Average();
        float deviation = MathF.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return [.. values.Select(value => (value - mean) / deviation)];
    }

    private static float[] Mean(float[][] faces) => [.. Enumerable.Range(0, faces[0].Length).Select(i => faces.Average(face => face[i]))];

    /// <summary>Mean squared difference: 0 the same, 2 nothing in common.</summary>
    private static float Distance(float[] a, float[] b) => a.Zip(b, (x, y) => (x - y) * (x - y)).Average();
}
