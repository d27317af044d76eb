using System.Reflection;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Simulation.VirtualDoorbell;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>
/// What is heard in little scenes at the door, in each language, as docs/results/scenes has it. DOORBELLFACE_WRITE_SCENES=1 writes those
/// files, to be read before they are committed.
/// </summary>
public sealed class VoiceSceneTests(SceneFamily family) : IClassFixture<SceneFamily>
{
    private static readonly PixelBuffer Anna = SceneHouse.Standing(DrawnFamily.Anna.Person, 1100),
        Ben = SceneHouse.Standing(DrawnFamily.Ben.Person, 2100),
        Stranger = SceneHouse.Standing(UnlikeFamily.Stranger, 3104),
        StrangerAgain = SceneHouse.Standing(UnlikeFamily.Stranger, 3112);

    public static IEnumerable<object[]> All =>
        from scene in typeof(VoiceSceneTests).GetMethods(BindingFlags.NonPublic | BindingFlags.Static)
        where scene.ReturnType == typeof(Task)
        from language in Language.All
        select (object[])[scene.Name, language.Tag];

    [Theory]
    [MemberData(nameof(All))]
    public async Task Is_heard_as_it_is_written(string scene, string language)
    {
        using var house = new SceneHouse(family.Recognition, Language.Find(language)!);

        await (Task)typeof(VoiceSceneTests).GetMethod(scene, BindingFlags.NonPublic | BindingFlags.Static)!.Invoke(null, [house])!;

        string name = $"{scene.ToLowerInvariant().Replace('_', '-')}.{language}.txt";
        string path = Path.Combine(Repository.Root, "docs", "results", "scenes", name);
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_WRITE_SCENES") == "1")
            await File.WriteAllTextAsync(path, house.Transcript.ToString());
        Assert.Equal(await File.ReadAllTextAsync(path), house.Transcript.ToString());
    }

    private static Task Anna_comes_alone(SceneHouse house) => house.PlayAsync("Anna rings", door =>
    {
        door.See(0, Anna);
        door.Press(0);
        door.End(20);
    });

    private static Task Two_come_together(SceneHouse house) => house.PlayAsync("Anna and Ben ring", door =>
    {
        door.See(0, SceneHouse.Together(Anna, Ben));
        door.Press(0);
        door.End(20);
    });

    private static Task Ben_comes_with_a_stranger(SceneHouse house) => house.PlayAsync("Ben rings with a stranger", door =>
    {
        door.See(0, SceneHouse.Together(Ben, Stranger));
        door.Press(0);
        door.End(20);
    });

    private static async Task A_stranger_comes_again(SceneHouse house)
    {
        await house.PlayAsync("a stranger rings on Saturday", door =>
        {
            door.See(0, Stranger);
            door.Press(0);
            door.End(20);
        });
        house.Clock.Advance(TimeSpan.FromHours(26));
        await house.PlayAsync("the same stranger rings on Sunday", door =>
        {
            door.See(0, StrangerAgain);
            door.Press(0);
            door.End(20);
        }, isStrangerRemembered: true);
    }

    private static Task Anna_goes_away_and_comes_back(SceneHouse house) =>
        house.PlayAsync("Anna rings, goes away and rings again after 30 s", door =>
        {
            door.See(0, Anna);
            door.Press(0);
            door.See(3, Scenes.EmptyPorch);
            door.See(30, Anna);
            door.Press(30);
            door.End(50);
        });

    private static Task Four_impatient_presses(SceneHouse house) => house.PlayAsync("Ben presses four times within two seconds", door =>
    {
        door.See(0, Ben);
        foreach (double at in (double[])[0, 0.5, 1.2, 1.9]) door.Press(at);
        door.End(20);
    });

    private static async Task In_quiet_hours(SceneHouse house)
    {
        house.Rule("""{ "quiet": { "times": "22:00-7:00", "chime": "soft" } }""");
        house.Clock.Advance(TimeSpan.FromHours(9));
        await house.PlayAsync("Ben rings at 23:10", door =>
        {
            door.See(0, Ben);
            door.Press(0);
            door.End(20);
        });
        house.AskForToday();
        house.Clock.Advance(TimeSpan.FromHours(9));
        house.AskForToday();
    }

    private static async Task A_visit_is_missed(SceneHouse house)
    {
        await house.RingAndLoseThePowerAsync();
        house.Clock.Advance(TimeSpan.FromHours(2));
        await house.PlayAsync("two hours later the power is back, and Anna rings", door =>
        {
            door.See(0, Anna);
            door.Press(0);
            door.End(20);
        });
        house.AskForToday();
    }

    private static Task Anna_walks_up(SceneHouse house) => house.PlayAsync("Anna rings, and is in the picture two seconds later", door =>
    {
        door.Press(0);
        door.See(2, Anna);
        door.End(20);
    });

    private static Task It_is_dark(SceneHouse house) => house.PlayAsync("somebody rings in the dark", door =>
    {
        door.See(0, SceneHouse.InTheDark(Anna));
        door.Press(0);
        door.End(20);
    });

    private static Task A_photo_hangs_on_the_wall(SceneHouse house)
    {
        Task learning = Task.CompletedTask;
        return house.PlayAsync("Anna rings five times beside a photo on the wall; the wall is learnt; Ben rings", door =>
        {
            for (int visit = 0; visit < 5; visit++)
            {
                door.See(60 * visit, SceneHouse.Together(SceneHouse.Standing(DrawnFamily.Anna.Person, 1100 + visit), Stranger));
                door.Press(60 * visit);
                door.See((60 * visit) + 10, SceneHouse.Together(Scenes.EmptyPorch, Stranger));
            }
            door.Ask(300, running => learning = running.LearnWallAsync(CancellationToken.None));
            // Its last word, that no more frames are wanted, must not meet the frames of the next press.
            door.Until(310, () => learning.IsCompleted);
            door.See(320, SceneHouse.Together(Ben, Stranger));
            door.Press(320);
            door.End(340);
        });
    }

    private static Task Nobody_shows_a_face(SceneHouse house) => house.PlayAsync("somebody rings and keeps out of the picture", door =>
    {
        door.Press(0);
        door.End(20);
    });

    private static Task The_cable_is_out_and_back(SceneHouse house) =>
        house.PlayAsync("the cable is pulled out, and put in again after 60 s", door =>
        {
            door.Unplug(2);
            door.PlugIn(62);
            door.See(70, Anna);
            door.Press(70);
            door.End(80);
        });
}
