using System.CommandLine;
using DoorbellFace.Adapters.LocalSocket;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Composition;
using DoorbellFace.Terminal;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell enroll NAME: lets the doorbell know a person, from photos, at the door, or from a visit.</summary>
internal sealed class EnrollCommand
{
    private readonly Argument<string> _name = new("NAME")
    {
        Description = "The name as it is to be spoken. Enrolling the same name again adds pictures.",
    };
    private readonly Option<string?> _photos = new("--photos")
    {
        Description = "Take the photos of this folder, or this one photo; each shows the person, and nobody else.", HelpName = "PATH",
    };
    private readonly Option<bool> _camera = new("--camera")
    {
        Description = "Take pictures with the doorbell itself; its voice says what to do. About a minute.",
    };
    private readonly Option<string?> _visit = new("--visit")
    {
        Description = "Take the picture of a past visit: the id, the end of it as ./doorbell visits list shows it, or \"last\".",
        HelpName = "ID",
    };
    private readonly Option<bool> _anyway = new("--anyway")
    {
        Description = "Take the pictures although they look like somebody else, and the name although it sounds like somebody else's.",
    };
    private readonly Option<string?> _port = new("--port")
    {
        Description = "With --camera: the doorbell's port; without it, the only USB serial port there is.", HelpName = "P",
    };
    private readonly Option<int> _baud = new("--baud")
    {
        Description = "With --camera: the speed in bit/s to try first.", HelpName = "N",
        DefaultValueFactory = _ => DoorbellLinkOptions.KnownBaudRates[0],
    };
    private readonly Option<FileInfo?> _wav = new("--wav")
    {
        Description = "With --camera: write what is said into this file as well.", HelpName = "FILE",
    };
    private readonly GalleryOptions _gallery;
    private readonly CoachOptions _coach;

    private EnrollCommand(Func<string?, GalleryTools>? load, CoachOptions coach) => (_gallery, _coach) = (new GalleryOptions(load), coach);

    /// <summary>The command.</summary>
    /// <param name="load">Loads the tools; null for the real ones.</param>
    /// <param name="coach">How patient the coach is.</param>
    public static Command Create(Func<string?, GalleryTools>? load = null, CoachOptions? coach = null)
    {
        var options = new EnrollCommand(load, coach ?? new CoachOptions());
        var command = new Command("enroll", "Let the doorbell know a person: from photos, at the door, or from a visit.")
        {
            options._name, options._photos, options._camera, options._visit, options._anyway, options._port, options._baud, options._wav,
        };
        // As it is spelt in Britain, and in this program's own sentences.
        command.Aliases.Add("enrol");
        options._gallery.AddTo(command, needsModel: true);
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string name = PersonLookup.CheckName(parsed.GetValue(_name)!);
        string? photos = parsed.GetValue(_photos), visit = parsed.GetValue(_visit);
        bool camera = parsed.GetValue(_camera), anyway = parsed.GetValue(_anyway);
        if ((photos is null ? 0 : 1) + (visit is null ? 0 : 1) + (camera ? 1 : 0) != 1)
            throw new UserErrorException("Say where the pictures come from, with exactly one of --photos PATH, --camera or --visit ID.",
                ExitCode.WrongUsage);

        // What is asked for must be there before the models are loaded.
        HouseServices services = _gallery.Services(parsed);
        (string Name, string Path)[] files = photos is null ? [] : Files(photos);
        if (visit is not null) services.Visits.PictureOf(visit);
        if (camera && await AtTheRunningDoorAsync(parsed, services.DataFolder, name, anyway, stop) is { } code) return code;
        string? port = camera ? parsed.GetValue(_port) ?? new PortDiscovery().Pick() : null;
        using GalleryTools tools = services.LoadTools();
        if (camera) return await AtTheDoorAsync(parsed, services, port!, name, tools, anyway, stop);
        EnrolmentReport report = photos is not null
            ? Screen.WithProgress("looking at photos", files.Length, onPhoto =>
                services.Enrolment.FromFiles(name, files, tools, onPhoto, anyway, stop))
            : services.Enrolment.FromVisit(name, visit!, tools, anyway);
        return Tell(parsed, services.DataFolder, report);
    }

    private static (string Name, string Path)[] Files(string photos) => File.Exists(photos)
        ? [(Path.GetFileName(photos), Path.GetFullPath(photos))]
        : [.. PhotoList.Read(photos, list: null).Select(file => (file, Path.Combine(photos, file)))];

    /// <summary>A door that runs on the same data has the camera and the voice, and need not be stopped. Null when none runs.</summary>
    private async Task<int?> AtTheRunningDoorAsync(ParseResult parsed, string dataFolder, string name, bool anyway, CancellationToken stop)
    {
        var door = new DoorSocketClient(dataFolder);
        if (await door.FindAsync(stop) is null) return null;
        Screen.Remark("The doorbell is running; it takes the pictures, and goes on listening meanwhile.");
        DoorEnrolment enrolled = await door.EnrolAsync(name, anyway, Screen.Remark, stop);
        Tell(parsed, dataFolder, enrolled);
        return (int)(enrolled.Added > 0 ? ExitCode.Done : ExitCode.Failed);
    }

    private async Task<int> AtTheDoorAsync(ParseResult parsed, HouseServices services, string port, string name, GalleryTools tools,
        bool anyway, CancellationToken stop)
    {
        var time = SteadyTime.Of(TimeProvider.System);
        WallPictures wall = services.Wall.Read();
        await using SpeechQueue speaker =
            Speaker.Create(VoiceOptions.Usual(parsed.GetValue(_wav)), time, GalleryOptions.Log);
        await using var link = new DoorbellLink(DoorbellLinkOptions.ForPort(port, parsed.GetValue(_baud)), time, GalleryOptions.Log);
        (EnrolmentUnderWay underWay, EnrolmentAtDoor atDoor) =
            services.Enrolment.AtTheDoor(name, tools, speaker, RunSettings.LanguageFor(tag: null), _coach, Screen.Remark, anyway,
                () => wall);
        CoachState state = await new CameraEnrolment(link, atDoor, time) { PressHeard = speaker.Chime }.RunAsync(stop);
        // Whoever stands outside hears what came of it, not only whoever reads the screen.
        int code = (int)ExitCode.Failed;
        try
        {
            if (state == CoachState.Finished)
                code = Tell(parsed, services.DataFolder, services.Enrolment.Finish(underWay, _coach.FewestFrames, []));
            else Tell(parsed, services.DataFolder, DoorEnrolment.Of(name, null));
        }
        finally
        {
            atDoor.Conclude(time.GetUtcNow(), isKept: code == (int)ExitCode.Done);
            await speaker.DrainAsync(stop);
        }
        return code;
    }

    private int Tell(ParseResult parsed, string dataFolder, EnrolmentReport report)
    {
        DoorEnrolment enrolled = DoorEnrolment.Of(report.Person.Name, report);
        Tell(parsed, dataFolder, enrolled);
        return (int)(enrolled.Added > 0 ? ExitCode.Done : ExitCode.Failed);
    }

    private void Tell(ParseResult parsed, string dataFolder, DoorEnrolment enrolled)
    {
        if (enrolled.Added > 0) ConsoleAudit.Note(dataFolder, AuditAct.Enrolled, enrolled.PersonId);
        if (parsed.GetValue(_gallery.Json))
        {
            Screen.WriteJson(new
            {
                enrolled.Name, enrolled.PersonId, enrolled.IsNew, enrolled.Added, enrolled.Redundant, enrolled.Samples,
                    like = enrolled.LooksLike, enrolled.Refused,
                gave_up = enrolled.GaveUp,
            });
        }
        else if (!enrolled.GaveUp) Report(enrolled);
    }

    private static void Report(DoorEnrolment enrolled)
    {
        string name = enrolled.Name;
        foreach (RefusedPicture picture in enrolled.Refused)
            Console.Out.WriteLine($"Not taken: {picture.Picture}: {picture.Reason.TrimEnd('.')}.");
        if (enrolled.Redundant > 0)
            Console.Out.WriteLine(
                $"{PictureCount.InWords(enrolled.Redundant)} that said the same as others went, so that no more than "
                + $"{new EnrolmentOptions().MostSamples} are kept.");
        if (enrolled.Added == 0)
        {
            Console.Out.WriteLine($"No usable picture of {name}; nothing was saved.");
            return;
        }
        string fresh = enrolled.Added == 1 ? "1 new picture" : $"{enrolled.Added} new pictures";
        Console.Out.WriteLine($"{name} is enrolled with {fresh} ({enrolled.Samples} in total).");
        if (enrolled.Samples < 5)
            Console.Out.WriteLine(
                $"Add at least {5 - enrolled.Samples} more, in other light and turned a little to each side, to be recognised more "
                + $"reliably.");
        if (enrolled.LooksLike is not { } other) return;
        Console.Out.WriteLine(
            $"These pictures look like {other}, who is enrolled already. {Remedies.InWords(new Remedy(RemedyKey.Merge, name, other))}");
        Console.Out.WriteLine(Remedies.InWords(new Remedy(RemedyKey.UndoEnrolment, name)));
    }
}
