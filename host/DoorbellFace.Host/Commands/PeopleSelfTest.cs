using System.CommandLine;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell people selftest: how well the enrolled are told apart.</summary>
internal static class PeopleSelfTest
{
    /// <summary>The command.</summary>
    public static Command Create(Func<string?, GalleryTools> load)
    {
        var command = new Command("selftest", "Ask for each picture as if a visitor showed it: who is mistaken for whom, and what to do.");
        GalleryOptions gallery = new GalleryOptions(load).AddTo(command, needsModel: true);
        command.SetAction(parsed =>
        {
            if (gallery.ReadNames(parsed).Count == 0) throw new UserErrorException("Nobody is enrolled yet. ./doorbell enroll NAME --camera enrols someone.");
            using GalleryTools tools = gallery.LoadTools(parsed);
            ModelManifest manifest = tools.Embedder.Manifest;
            IReadOnlyList<SelfTestPerson> people = GallerySelfTest.Run(GalleryLoader.Of(gallery.Read(parsed, tools), manifest.ModelSha256), tools.Strangers, manifest);
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
            person.Advice,
        }),
    });

    private static void Report(IReadOnlyList<SelfTestPerson> people, bool isGood)
    {
        foreach (SelfTestPerson person in people)
        {
            Console.Out.WriteLine($"{person.Name}: {person.Known} of {person.Samples} pictures would be named by a single frame, {person.Uncertain} more \"maybe\".");
            foreach (string advice in person.Advice) Console.Out.WriteLine($"  {advice}");
        }
        Console.Out.WriteLine(isGood ? "All are told apart." : "There is something to do, as said above.");
    }
}
