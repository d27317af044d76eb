using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Core.Visits;
using DoorbellFace.Host.Commands;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The README's first command, as it stands there.</summary>
public class DemoTests
{
    [Fact]
    public async Task The_demo_answers_rightly_for_two_of_the_family_and_a_stranger()
    {
        using var folder = new TemporaryFolder();
        using RunningHost host = RunningHost.Start("demo", "--out", folder["demo"], "--json");

        Assert.Equal(0, await host.WaitForEndAsync());

        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "visit_ended"));
        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "chime_started"));
        Assert.Equal(3, host.Lines.Count(line => line["event"]!.GetValue<string>() == "speech_started"));
        Assert.Equal(3, Directory.GetFiles(folder["demo"], "visit-*.png").Length);
        Assert.True(new FileInfo(folder["demo/demo.wav"]).Length > 100_000);
    }

    /// <summary>
    /// The whole path is gone for one seed above; here the real networks look at what the others draw, at one picture of each where the
    /// door looks at several frames: there a "perhaps" may come of it.
    /// </summary>
    [Fact]
    public void Of_the_first_ten_seeds_no_stranger_is_taken_for_one_of_the_family()
    {
        using var folder = new TemporaryFolder();
        using FaceEngine engine = new FaceModels().LoadEngine(null);
        FixedRecognition recognition =
            FixedRecognition.Of(engine, DrawnEnrolment.HouseholdOf(engine, DrawnFamily.All, onPhoto: static () => { }));
        (DemoVisitor Visitor, Identification Answer)[] all =
            [.. Enumerable.Range(1, 10).SelectMany(seed => DemoCommand.DrawVisitors(seed, folder["."]))
                .Select(visitor => (visitor, recognition.Policy.Decide([engine.Photos.Read(visitor.Picture)[0].Vote])))];

        Assert.All(all.Where(one => one.Visitor.Name is null),
            one => Assert.Equal(IdentificationOutcome.Unknown, one.Answer.Outcome));
        (DemoVisitor Visitor, Identification Answer)[] family = [.. all.Where(one => one.Visitor.Name is not null)];
        Assert.All(family, one => Assert.Equal(one.Visitor.Name, one.Answer.Name));
        Assert.InRange(family.Count(one => one.Answer.Outcome == IdentificationOutcome.Known), family.Length * 3 / 4, family.Length);
    }

    /// <summary>A drawn family takes the place of real photos, which are nobody's to keep here.</summary>
    [Fact]
    public async Task Ones_own_photos_are_enrolled_by_halves_and_the_other_half_rings()
    {
        using var folder = new TemporaryFolder();
        foreach (FamilyMember member in DrawnFamily.All.Take(2))
        {
            Directory.CreateDirectory(folder[$"family/{member.Name}"]);
            for (int i = 0; i < 10; i++)
                PictureFile.Write(folder[$"family/{member.Name}/{i}.png"],
                    FaceRenderer.Render(member.Person, DrawnScene.Random(60_000_000 + i, SceneVariation.Visiting), 320, 240));
        }
        Directory.CreateDirectory(folder["strangers"]);
        PictureFile.Write(folder["strangers/0.png"],
            FaceRenderer.Render(DrawnStrangers.Visitor(0), DrawnScene.Random(61_000_000, SceneVariation.Visiting), 320, 240));
        using RunningHost host =
            RunningHost.Start("demo", "--photos", folder["family"], "--strangers", folder["strangers"], "--visits", "3", "--out",
                folder["demo"], "--json");

        int code = await host.WaitForEndAsync();

        string[] said =
            [.. host.Lines.Where(line => line["event"]!.GetValue<string>() == "speech_started")
                .Select(line => line["text"]!.GetValue<string>())];
        Assert.Equal(3, said.Length);
        Assert.Equal([$"{DrawnFamily.All[0].Name} is at the door.", $"{DrawnFamily.All[1].Name} is at the door."], said[..2]);
        // Drawn strangers are not always told from drawn families (docs/results/field.md); the exit code says whether this one was.
        Assert.Equal(said[2] == "Someone I don't know is at the door." ? 0 : 1, code);
    }

    [Fact]
    public void The_result_is_said_in_words_for_each_person_and_for_strangers()
    {
        var view = new PixelBuffer(1, 1, PixelFormat.Gray8, new byte[1]);
        VisitRecord Visit(VisitOutcome outcome, string? name = null) => new()
        {
            Id = new VisitId(Guid.NewGuid()), StartedAt = default, StartedBy = VisitStart.Ring, Rings = 1, Outcome = outcome, Name = name,
        };
        DemoVisitor ben = new("Ben, one of the family", "Ben", view), anna = new("Anna, one of the family", "Anna", view),
            stranger = new("a stranger", null, view);

        string[] words = [.. DemoVisitor.InWords(
        [
            (ben, Visit(VisitOutcome.Known, "Ben")), (ben, Visit(VisitOutcome.Uncertain, "Ben")), (ben, Visit(VisitOutcome.NoFace)),
                (anna, Visit(VisitOutcome.Known, "Ben")),
            (stranger, Visit(VisitOutcome.Unknown)), (stranger, Visit(VisitOutcome.Uncertain, "Anna")),
        ])];

        Assert.Equal(
            [
                "Ben rang 3 times: 1 announced by name, 1 announced as a perhaps, 1 without a face that could be looked at.",
                "Anna rang once: 1 taken for somebody else.",
                "Strangers rang twice: 1 announced as unknown, 1 announced as perhaps one of the family.",
            ],
            words);
    }
}
