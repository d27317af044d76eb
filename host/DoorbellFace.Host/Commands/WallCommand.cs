using System.CommandLine;
using System.Globalization;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.Wall;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell wall: faces that hang on the wall at the door and are nobody's.</summary>
internal static class WallCommand
{
    /// <summary>The command with its verbs.</summary>
    public static Command Create() => new CommandGroup("wall", "Pass over photos and posters that hang where the camera looks.",
        usual: "show")
    {
        CreateLearn(), CreateShow(), CreateForget(),
    };

    private static Command CreateLearn()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("learn",
            "Look now, while nobody is at the door: faces that stay in their place are passed over from then on. The door must be running.")
        {
            data, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            WallLesson lesson = await new DoorSocketClient(CommonOptions.DataFolderOf(parsed.GetValue(data))).LearnWallAsync(stop);
            if (lesson.Faces > 0)
                ConsoleAudit.Note(CommonOptions.DataFolderOf(parsed.GetValue(data)), AuditAct.WallChanged);
            if (parsed.GetValue(json)) Screen.WriteJson(lesson);
            else
            {
                Console.Out.WriteLine(lesson.Says);
                foreach (string name in lesson.LooksLike)
                    Console.Out.WriteLine($"One of them looks like {name}. If that was {name} and no picture: ./doorbell wall forget all");
            }
            return (int)(lesson.Faces > 0 ? ExitCode.Done : ExitCode.Failed);
        });
        return command;
    }

    private static Command CreateShow()
    {
        var data = CommonOptions.Data();
        var json = CommonOptions.Json();
        var command = new Command("show", "List the faces on the wall, and where they hang.") { data, json };
        command.SetAction(parsed =>
        {
            IReadOnlyList<WallPicture> all = Service(parsed.GetValue(data)).Read().Pictures;
            if (parsed.GetValue(json))
                Screen.WriteJson(all.Select((picture, index) =>
                    new { number = index + 1, where = Where(picture), learnt_at = picture.LearntAt }));
            else if (all.Count == 0) Console.Out.WriteLine("No face on the wall has been learnt.");
            else
            {
                for (int i = 0; i < all.Count; i++)
                    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{i + 1}: {Where(all[i])}, learnt on {all[i].LearntAt.ToLocalTime():yyyy-MM-dd}"));
            }
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Command CreateForget()
    {
        var which = new Argument<string>("NUMBER") { Description = "Which, as `wall show` counts them, or all." };
        var data = CommonOptions.Data();
        var command = new Command("forget", "A picture was taken down: whoever stands there is spoken of again.") { which, data };
        command.SetAction(parsed =>
        {
            string text = parsed.GetValue(which)!;
            int number = 0;
            if (text != "all" && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number))
                throw new UserErrorException($"\"{text}\" is no number of a face on the wall: expected a number of `wall show`, or all.",
                    ExitCode.WrongUsage);
            int forgotten = Service(parsed.GetValue(data)).Forget(text == "all" ? null : number);
            if (forgotten > 0) ConsoleAudit.Note(CommonOptions.DataFolderOf(parsed.GetValue(data)), AuditAct.WallChanged);
            Console.Out.WriteLine(forgotten == 1 ? "1 face on the wall is forgotten." : $"{forgotten} faces on the wall are forgotten.");
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static WallService Service(DirectoryInfo? data) =>
        new HouseServices(CommonOptions.DataFolderOf(data), GalleryOptions.Log).Wall;

    private static string Where(WallPicture picture)
    {
        const float Third = 1f / 3, Height = 0.75f;
        string across = picture.X < Third ? "left" : picture.X > 2 * Third ? "right" : "middle";
        string down = picture.Y < Third * Height ? "top" : picture.Y > 2 * Third * Height ? "bottom" : "middle";
        string[] words = [.. ((string[])[down, across]).Where(word => word != "middle")];
        return $"{(words.Length == 0 ? "middle" : string.Join(' ', words))} of the picture";
    }
}
