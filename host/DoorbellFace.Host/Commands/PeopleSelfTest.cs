using System.CommandLine;
using DoorbellFace.Application;
using DoorbellFace.Application.Faces;
using DoorbellFace.Core.People;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell people selftest: how well the enrolled are told apart.</summary>
internal static class PeopleSelfTest
{
    /// <summary>The command.</summary>
    public static Command Create(Func<string?, GalleryTools>? load)
    {
        var command = new Command("selftest", "Ask for each picture as if a visitor showed it: who is mistaken for whom, and what to do.");
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            IReadOnlyList<SelfTestPerson> people = gallery.Services(parsed).People.SelfTest();
            bool isGood = people.All(person => person.IsGood);
            if (parsed.GetValue(gallery.Json)) WriteJson(people, isGood);
            else Report(people, isGood);
            return (int)(isGood ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static void WriteJson(IReadOnlyList<SelfTestPerson> people, bool isGood) => Screen.WriteJson(new
    {
        good = isGood,
        people = people.Select(person => new
        {
            person.Name,
            person.Samples,
            person.Known,
            person.Uncertain,
            person.Confused,
            weakest = person.Weakest is { } weakest ? new { weakest.Id, weakest.Similarity } : null,
            advice = person.Advice.Select(advice => advice.Sentence),
        }),
    });

    private static void Report(IReadOnlyList<SelfTestPerson> people, bool isGood)
    {
        foreach (SelfTestPerson person in people)
        {
            string rest = person.Uncertain > 0 ? $", {person.Uncertain} more only \"maybe\"" : "";
            Console.Out.WriteLine(person.Known == person.Samples
                ? $"{person.Name}: all {person.Samples} pictures recognised."
                : $"{person.Name}: {person.Known} of {person.Samples} pictures recognised{rest}.");
            foreach (SelfTestAdvice advice in person.Advice)
                Console.Out.WriteLine($"  {advice.Sentence} {Remedies.InWords(RemedyFor(advice))}");
        }
        Console.Out.WriteLine(isGood ? "All are told apart." : "There is something to do, as said above.");
    }

    private static Remedy RemedyFor(SelfTestAdvice advice) => new(
        advice.Kind switch
        {
            SelfTestAdviceKind.AddPictures => RemedyKey.Enrol,
            SelfTestAdviceKind.MergeOrAddPictures => RemedyKey.Merge,
            _ => RemedyKey.RemovePicture,
        },
        advice.Names);
}
