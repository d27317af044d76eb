using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Visits;
using DoorbellFace.Simulation.Drawing;
using DoorbellFace.Vision;

namespace DoorbellFace.Browser.Tests;

/// <summary>
/// A data folder as a family has it after a few days: two people enrolled, and visits of them, of strangers, and of nobody. It is made with
/// the real networks and stores; the days lie so far back that they are always told with their year.
/// </summary>
internal sealed record FurnishedHouse(VisitId Mistaken, VisitId Nobody, VisitId Stranger, PersonId Anna, PersonId Ben)
{
    private static readonly DateTimeOffset Monday = new(2024, 3, 4, 9, 10, 0, TimeSpan.Zero);

    /// <summary>Somebody who is not enrolled, and like nobody who is.</summary>
    public static FamilyMember Clara { get; } = new("Clara", UnlikeFamily.Stranger);

    /// <summary>Makes it.</summary>
    /// <param name="dataFolder">It need not be there.</param>
    /// <param name="photos">Gives photos of somebody, as files.</param>
    public static FurnishedHouse Make(string dataFolder, Func<FamilyMember, int, int, string[]> photos)
    {
        using var furnishing = new Furnishing(dataFolder);
        PersonId anna = Enrol(DrawnFamily.Anna, 41_000_000), ben = Enrol(DrawnFamily.Ben, 42_000_000);
        Keep(0, VisitOutcome.Known, Picture(DrawnFamily.Ben, 40_000_013), (ben, "Ben"));
        VisitId stranger = Keep(1, VisitOutcome.Unknown, Picture(Clara, 1));
        Keep(26, VisitOutcome.Unknown, Picture(Clara, 2));
        Keep(28, VisitOutcome.Unknown, Picture(DrawnFamily.David, 3));
        Keep(50, VisitOutcome.Uncertain, Picture(DrawnFamily.Anna, 40_000_014), (anna, "Anna"));
        VisitId nobody = Keep(75, VisitOutcome.NoFace, picture: null);
        // The doorbell was wrong: it was Ben.
        VisitId mistaken = Keep(80, VisitOutcome.Known, Picture(DrawnFamily.Ben, 40_000_012), (anna, "Anna"));
        return new FurnishedHouse(mistaken, nobody, stranger, anna, ben);

        PersonId Enrol(FamilyMember member, int seed) => furnishing.Enrol(member, photos(member, 4, seed));

        VisitId Keep(double hours, VisitOutcome outcome, PixelBuffer? picture, (PersonId Id, string Name)? who = null) =>
            furnishing.Keep(Monday.AddHours(hours), outcome, picture, frames: (5, 5), likeness: (0.62f, 0.41f), who);
    }

    /// <summary>
    /// Puts a build there that is done, as the trainer left one of three drawn people after a minute; of its rounds and mix-ups there are
    /// fewer, and the faces are drawn here. Whoever is deleted takes it along.
    /// </summary>
    public static void AddBuild(string dataFolder)
    {
        string build = Path.Combine(dataFolder, "build"), work = Path.Combine(build, "work"),
            mistakes = Path.Combine(work, "trials", "mistakes");
        Directory.CreateDirectory(mistakes);
        (FamilyMember, int)[] mixedUp = [(Clara, 43_000_001), (Clara, 43_000_002), (DrawnFamily.Anna, 41_000_002)];
        foreach ((int index, (FamilyMember member, int seed)) in mixedUp.Index())
            PictureFile.Write(Path.Combine(mistakes, $"{index + 1}.png"), Picture(member, seed));
        string record = File.ReadAllText(Path.Combine(Repository.Root, "tests", "fixtures", "model-build", "build.json"));
        File.WriteAllText(Path.Combine(build, "build.json"), record.Replace("{work}", work, StringComparison.Ordinal));
    }

    private static PixelBuffer Picture(FamilyMember member, int seed) => DoorWithPage.Picture(member.Person, seed);
}
