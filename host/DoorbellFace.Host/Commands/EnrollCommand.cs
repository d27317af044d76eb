using System.CommandLine;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Serial;
using DoorbellFace.Host.Speech;
using DoorbellFace.Terminal;
using DoorbellFace.Vision;

namespace DoorbellFace.Host.Commands;

/// <summary>./doorbell enroll NAME: lets the doorbell know a person, from photos, at the door, or from a visit.</summary>
internal sealed class EnrollCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The name as it is to be spoken. Enrolling the same name again adds pictures." };
    private readonly Option<DirectoryInfo?> _photos = new("--photos") { Description = "Take the photos of this folder; each shows the person, and nobody else.", HelpName = "DIR" };
    private readonly Option<bool> _camera = new("--camera") { Description = "Take pictures with the doorbell itself; its voice says what to do. About a minute." };
    private readonly Option<string?> _visit = new("--visit") { Description = "Take the picture of a past visit; the id, or the end of it, as ./doorbell visits list shows it.", HelpName = "ID" };
    private readonly Option<string?> _port = new("--port") { Description = "With --camera: the doorbell's port; without it, the only USB serial port there is.", HelpName = "P" };
    private readonly Option<int> _baud = new("--baud") { Description = "With --camera: the speed in bit/s to try first.", HelpName = "N", DefaultValueFactory = _ => DoorbellLinkOptions.KnownBaudRates[0] };
    private readonly Option<FileInfo?> _wav = new("--wav") { Description = "With --camera: write what is said into this file, too.", HelpName = "FILE" };
    private readonly GalleryOptions _gallery;
    private readonly CoachOptions _coach;

    private EnrollCommand(Func<string?, GalleryTools> load, CoachOptions coach) => (_gallery, _coach) = (new GalleryOptions(load), coach);

    /// <summary>The command.</summary>
    /// <param name="load">Loads the tools; null for the real ones.</param>
    /// <param name="coach">How patient the coach is.</param>
    public static Command Create(Func<string?, GalleryTools>? load = null, CoachOptions? coach = null)
    {
        var options = new EnrollCommand(load ?? GalleryTools.Load, coach ?? new CoachOptions());
        var command = new Command("enroll", "Let the doorbell know a person: from photos, at the door, or from a visit.")
        {
            options._name, options._photos, options._camera, options._visit, options._port, options._baud, options._wav,
        };
        options._gallery.AddTo(command, needsModel: true);
        command.SetAction(options.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        string name = GalleryOptions.CheckName(parsed.GetValue(_name)!);
        DirectoryInfo? photos = parsed.GetValue(_photos);
        string? visit = parsed.GetValue(_visit);
        bool camera = parsed.GetValue(_camera);
        if ((photos is null ? 0 : 1) + (visit is null ? 0 : 1) + (camera ? 1 : 0) != 1)
            throw new UserErrorException("Say where the pictures come from: --photos DIR, --camera, or --visit ID; one of them.", ExitCode.WrongUsage);

        // What is asked for must be there before the models are loaded.
        IReadOnlyList<string> files = photos is null ? [] : PhotoList.Read(photos.FullName, list: null);
        string? picture = visit is null ? null : VisitsCommand.PictureOf(_gallery.Folder(parsed), visit);
        string? port = camera ? parsed.GetValue(_port) ?? new PortDiscovery().Pick() : null;
        using GalleryTools tools = _gallery.LoadTools(parsed);
        IReadOnlyList<StoredPerson> people = _gallery.Read(parsed, tools);
        StoredPerson? known = GalleryOptions.Find(people, name);
        StoredPerson person = known ?? new StoredPerson(Guid.CreateVersion7(), name, []);
        var enrolment = new Enrolment(person, known is null, tools.Embedder, Guid.CreateVersion7);
        int Keep(IReadOnlyList<RefusedPicture> unreadable) => Finish(parsed, enrolment, person, people, tools, known is null, unreadable);
        if (camera) return await AtTheDoorAsync(parsed, port!, person.Name, tools, enrolment, () => Keep([]), stop).ConfigureAwait(false);
        if (photos is not null)
        {
            // Compared with each other at the end; meanwhile there is something to see.
            List<RefusedPicture> unreadable = Screen.WithProgress("looking at photos", files.Count, onPhoto => OfferPhotos(photos.FullName, files, tools, enrolment, onPhoto, stop));
            return Keep(unreadable);
        }
        OfferPhotos("", [picture!], tools, enrolment, () => { }, stop, SampleSource.Visit);
        return Keep([]);
    }

    private static List<RefusedPicture> OfferPhotos(
        string folder, IReadOnlyList<string> files, GalleryTools tools, Enrolment enrolment, Action onPhoto, CancellationToken stop, SampleSource source = SampleSource.Photo)
    {
        var unreadable = new List<RefusedPicture>();
        foreach (string file in files)
        {
            stop.ThrowIfCancellationRequested();
            PictureReading reading = PictureFile.TryRead(Path.Combine(folder, file));
            if (!reading.Succeeded) unreadable.Add(new RefusedPicture(file, SampleRefusal.NoFace, reading.Reason));
            else enrolment.Offer(reading.Picture, tools.InPhoto(reading.Picture), source, TimeProvider.System.GetUtcNow(), source == SampleSource.Visit ? "the picture of the visit" : file);
            onPhoto();
        }
        return unreadable;
    }

    private async Task<int> AtTheDoorAsync(ParseResult parsed, string port, string name, GalleryTools tools, Enrolment enrolment, Func<int> finish, CancellationToken stop)
    {
        TimeProvider time = TimeProvider.System;
        SpeechQueue speaker = Speaker.Create(new SpeechOptions { WavPath = parsed.GetValue(_wav)?.FullName }, time, GalleryOptions.Log);
        await using (speaker.ConfigureAwait(false))
        {
            var link = new DoorbellLink(DoorbellLinkOptions.ForPort(port, parsed.GetValue(_baud)), time, GalleryOptions.Log);
            await using (link.ConfigureAwait(false))
            {
                var coach = new EnrolmentCoach(name, _coach);
                var camera = new CameraEnrolment(link, tools, enrolment, coach, speaker, time) { Said = Screen.Remark };
                // Whoever stands outside hears what came of it, not only whoever reads the screen.
                int code = await camera.RunAsync(stop).ConfigureAwait(false) == CoachState.Finished ? finish() : GaveUp(parsed, name);
                camera.Say(coach.Conclude(time.GetUtcNow(), isKept: code == (int)ExitCode.Done));
                await speaker.DrainAsync(stop).ConfigureAwait(false);
                return code;
            }
        }
    }

    private int GaveUp(ParseResult parsed, string name)
    {
        if (parsed.GetValue(_gallery.Json)) Screen.WriteJson(new { name, added = 0, gave_up = true });
        return (int)ExitCode.Failed;
    }

    private int Finish(
        ParseResult parsed, Enrolment enrolment, StoredPerson person, IReadOnlyList<StoredPerson> people, GalleryTools tools, bool isNew, IReadOnlyList<RefusedPicture> unreadable)
    {
        EnrolmentResult result = enrolment.Finish(parsed.GetValue(_camera) ? _coach.FewestFrames : 1);
        if (result.Added.Count > 0) _gallery.Apply(parsed, result.Change);
        RefusedPicture[] refused = [.. unreadable, .. result.Refused];
        int samples = person.Positives.Count() + result.Added.Count - result.Change.RemovedSamples.Count;
        string? twin = isNew ? LikeWhom(result.Added, people, tools.Embedder.Manifest) : null;
        if (parsed.GetValue(_gallery.Json))
            Screen.WriteJson(new { person.Name, person_id = person.Id, is_new = isNew && samples > 0, added = result.Added.Count, redundant = result.Redundant, samples, like = twin, refused });
        else Report(person.Name, result, refused, samples, twin);
        return (int)(result.Added.Count > 0 ? ExitCode.Done : ExitCode.Failed);
    }

    private static void Report(string name, EnrolmentResult result, RefusedPicture[] refused, int samples, string? twin)
    {
        foreach (RefusedPicture picture in refused) Console.Out.WriteLine($"Not taken: {picture.Picture}: {picture.Reason.TrimEnd('.')}.");
        if (result.Redundant > 0) Console.Out.WriteLine($"{Pictures(result.Redundant)} that said the same as others went, so that no more than {new EnrolmentOptions().MostSamples} are kept.");
        if (result.Added.Count == 0)
        {
            Console.Out.WriteLine($"Nothing new was kept of {name}.");
            return;
        }
        Console.Out.WriteLine($"{name} is enrolled: {Pictures(result.Added.Count)} more, {samples} in all.");
        if (samples < 5) Console.Out.WriteLine("A few more pictures, in other light and turned a little to each side, make it surer.");
        if (twin is not null) Console.Out.WriteLine($"These pictures look like {twin}, who is enrolled already. If that is the same person: ./doorbell people merge \"{name}\" \"{twin}\"");
    }

    /// <summary>Whom the new pictures would be taken for.</summary>
    private static string? LikeWhom(IReadOnlyList<StoredSample> added, IReadOnlyList<StoredPerson> people, ModelManifest manifest)
    {
        if (added.Count == 0) return null;
        var mean = Embedding.Mean(added.Select(sample => (sample.Embedding!, sample.Weight)));
        return GalleryLoader.Of(people, manifest.ModelSha256).People
            .Where(person => person.Samples.Count > 0)
            .Select(person => (person.Name, Similarity: PersonTemplate.Of(person).Center.Similarity(mean)))
            .Where(item => item.Similarity >= manifest.Thresholds.Accept)
            .OrderByDescending(item => item.Similarity)
            .Select(item => item.Name)
            .FirstOrDefault();
    }

    private static string Pictures(int count) => count == 1 ? "1 picture" : $"{count} pictures";
}
