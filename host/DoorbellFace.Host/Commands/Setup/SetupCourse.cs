using System.Text.Json.Nodes;
using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Page;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Rules;
using DoorbellFace.Host.Commands.Doctor;
using DoorbellFace.Host.Composition;

namespace DoorbellFace.Host.Commands.Setup;

/// <summary>How a step ended.</summary>
internal enum StepEnd
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It was left out.</summary>
    Skipped,

    /// <summary>The one before is to come again.</summary>
    Back,

    /// <summary>The set-up is to end for now.</summary>
    Stop,
}

/// <summary>How long somebody is waited for.</summary>
internal sealed record SetupTimes
{
    /// <summary>To walk to the button: a minute by default.</summary>
    public TimeSpan Press { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>To walk to the door and ring: two minutes by default.</summary>
    public TimeSpan Ring { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Until the doorbell shows up: half a minute by default.</summary>
    public TimeSpan Found { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How patient the coach is.</summary>
    public CoachOptions Coach { get; init; } = new();
}

/// <summary>
/// From nothing to the first person recognised, step by step, for ear and keyboard: language, sound, speed, cable, lens, button, person,
/// proof. It asks six questions when all goes well.
/// </summary>
/// <param name="talk">Asks and says.</param>
/// <param name="file">Keeps what was found.</param>
/// <param name="readSettings">Reads all settings again.</param>
/// <param name="times">How long somebody is waited for.</param>
internal sealed class SetupCourse(SetupTalk talk, SetupFile file, Func<RunSettings> readSettings, SetupTimes times) : IAsyncDisposable
{
    private const int SpeedStep = 40;

    private SetupDoor? _door;
    private bool _hasWelcomed;
    private string? _name;
    private bool _hasSkipped;

    /// <summary>Goes through the steps.</summary>
    /// <param name="from">The number of the first, from 0.</param>
    /// <param name="stop">Ctrl-C.</param>
    /// <returns>The number of the step that comes next; null when all are done.</returns>
    public async Task<int?> RunAsync(int from, CancellationToken stop)
    {
        Func<CancellationToken, Task<StepEnd>>[] steps =
            [LanguageAsync, SoundAsync, SpeedAsync, CableAsync, LensAsync, ButtonAsync, PersonAsync, ProofAsync];
        RunSettings settings = readSettings();
        await talk.UseAsync(settings.Language, settings.Speech, stop);
        if (from > 0) talk.Say(Sentence.SetupGoesOn);
        // Who was enrolled before it was stopped is not known by name here any more: that step comes again.
        for (int step = Math.Min(from, Array.IndexOf(steps, PersonAsync)); step < steps.Length;)
        {
            StepEnd end = await steps[step](stop);
            if (end == StepEnd.Stop)
            {
                talk.Say(Sentence.SetupStopped);
                await talk.DrainAsync(stop);
                return step;
            }
            _hasSkipped |= end == StepEnd.Skipped;
            step = end == StepEnd.Back ? Math.Max(0, step - 1) : step + 1;
        }
        talk.Say(_hasSkipped ? Sentence.SetupEnded : Sentence.SetupDone);
        await talk.DrainAsync(stop);
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_door is not null) await _door.DisposeAsync();
    }

    private async Task<StepEnd> LanguageAsync(CancellationToken stop)
    {
        (Language before, SpeechOptions speech) = (talk.Language, talk.Speech);
        for (int number = 1; number <= Language.All.Count; number++)
        {
            Language language = Language.All[number - 1];
            await talk.UseAsync(language, speech with { Voice = language.Voice, Language = language.Tag }, stop);
            talk.Say(language.Say(Sentence.SetupLanguage, number));
        }
        int chosen = 0;
        Reply reply = await talk.AskAsync(() => { }, text => IsNumber(text, Language.All.Count, out chosen), stop);
        if (reply.Kind == ReplyKind.Answer)
        {
            file.Set("language", Language.All[chosen - 1].Tag);
            RunSettings settings = readSettings();
            await talk.UseAsync(settings.Language, settings.Speech, stop);
        }
        else await talk.UseAsync(before, speech, stop);
        // In the language that was chosen, not before.
        if (!_hasWelcomed && reply.Kind is ReplyKind.Answer or ReplyKind.Skip) talk.Say(Sentence.SetupHello);
        _hasWelcomed = true;
        return EndOf(reply);
    }

    private async Task<StepEnd> SoundAsync(CancellationToken stop)
    {
        while (true)
        {
            string[] devices = [talk.Speech.Device, .. SoundCard.Devices().Except([talk.Speech.Device])];
            foreach (string device in devices)
            {
                await talk.UseAsync(talk.Language, talk.Speech with { Device = device }, stop);
                Reply heard = await talk.AskAsync(() =>
                {
                    talk.Chime();
                    talk.Say(Sentence.SetupSound);
                }, text => text is "" or "1", stop);
                if (heard.Kind != ReplyKind.Answer) return EndOf(heard);
                if (heard.Text.Length > 0) continue;
                file.Set("sound.device", device == new SpeechOptions().Device ? null : JsonValue.Create(device));
                return StepEnd.Done;
            }
            Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupNoSound), isAnswer: null, stop);
            if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
        }
    }

    private async Task<StepEnd> SpeedAsync(CancellationToken stop)
    {
        while (true)
        {
            Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupSpeed), text => text is "" or "1" or "2", stop);
            if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
            if (reply.Text.Length == 0)
            {
                file.Set("sound.words_per_minute", talk.Speech.WordsPerMinute);
                return StepEnd.Done;
            }
            int pace = Math.Clamp(talk.Speech.WordsPerMinute + (reply.Text == "1" ? SpeedStep : -SpeedStep), HouseRules.LeastPace,
                HouseRules.MostPace);
            await talk.UseAsync(talk.Language, talk.Speech with { WordsPerMinute = pace }, stop);
        }
    }

    private async Task<StepEnd> CableAsync(CancellationToken stop)
    {
        await CloseDoorAsync();
        while (true)
        {
            talk.Say(Sentence.SetupCable);
            List<Finding> findings = [];
            RunSettings settings = readSettings();
            if (DoctorCommand.FindPort(settings.Port, findings.Add) is { } path)
                await new Examination(DoorbellLinkOptions.ForPort(path, settings.BaudRateBitsPerSecond), TimeProvider.System, findings.Add)
                    .RunAsync(stop);
            Finding[] wrong = [.. findings.Where(finding => finding.Outcome == FindingOutcome.Failed)];
            if (wrong.Length == 0)
            {
                talk.Say(Sentence.SetupCableGood);
                return StepEnd.Done;
            }
            // The doctor speaks English alone; its words are the right ones all the same.
            await InEnglishAsync(() =>
            {
                talk.Say($"{wrong[0].Found} {wrong[0].Advice}");
                return Task.CompletedTask;
            }, stop);
            Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupCableBad), isAnswer: null, stop);
            if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
        }
    }

    private async Task<StepEnd> LensAsync(CancellationToken stop)
    {
        await CloseDoorAsync();
        Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupFocus), isAnswer: null, stop);
        // Sharp already: that is an answer, too.
        if (reply.Kind == ReplyKind.Skip) return StepEnd.Done;
        if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
        await InEnglishAsync(async () =>
        {
            RunSettings settings = readSettings();
            if (DoctorCommand.FindPort(settings.Port, Tell) is not { } path) return;
            using var over = CancellationTokenSource.CreateLinkedTokenSource(stop);
            Task guiding = new FocusGuide(DoorbellLinkOptions.ForPort(path, settings.BaudRateBitsPerSecond), TimeProvider.System,
                new DoctorVoice(talk.Speaker, json: false)).RunAsync(Tell, over.Token);
            await talk.NextLineAsync(stop);
            await over.CancelAsync();
            await guiding;
        }, stop);
        return StepEnd.Done;

        void Tell(Finding finding)
        {
            if (finding.IsComplaint) talk.Say($"{finding.Found} {finding.Advice}");
        }
    }

    private async Task<StepEnd> ButtonAsync(CancellationToken stop)
    {
        SetupDoor door = await OpenDoorAsync(stop);
        return await TryAsync(async () =>
        {
            door.ForgetPast();
            talk.Say(Sentence.SetupBell);
            bool rang = await door.RingsAsync(times.Press, stop);
            talk.Say(rang ? Sentence.SetupBellHeard : Sentence.SetupBellMissing);
            return rang;
        }, stop);
    }

    private async Task<StepEnd> PersonAsync(CancellationToken stop)
    {
        SetupDoor door = await OpenDoorAsync(stop);
        Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupName), IsName, stop);
        if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
        string name = PersonLookup.CheckName(reply.Text);
        Reply there = await talk.AskAsync(() => talk.Say(Sentence.SetupAtDoor, ("name", name)), isAnswer: null, stop);
        if (there.Kind != ReplyKind.Answer) return EndOf(there);
        StepEnd end = await TryAsync(async () =>
        {
            try
            {
                EnrolmentReport? report = await door.Requests.EnrolAsync(name, times.Coach, anyway: false, talk.Write, stop);
                if (report is not { Result.Added.Count: > 0 }) return false;
                ConsoleAudit.Note(readSettings().DataFolder, AuditAct.Enrolled, report.Person.Id);
                return true;
            }
            catch (DoorbellException error)
            {
                talk.Say(error.Message);
                return false;
            }
        }, stop);
        if (end == StepEnd.Done) _name = name;
        return end;
    }

    private async Task<StepEnd> ProofAsync(CancellationToken stop)
    {
        if (_name is not { } name) return StepEnd.Skipped;
        SetupDoor door = await OpenDoorAsync(stop);
        return await TryAsync(async () =>
        {
            await door.BeQuietAsync(times.Found, stop);
            talk.Say(Sentence.SetupRing, ("name", name));
            bool isKnown = await door.RecognisesAsync(name, times.Ring, stop);
            await talk.DrainAsync(stop);
            if (!isKnown) talk.Say(Sentence.SetupNotProved, ("name", name));
            return isKnown;
        }, stop);
    }

    /// <summary>Tries until it succeeds or is given up.</summary>
    private async Task<StepEnd> TryAsync(Func<Task<bool>> attempt, CancellationToken stop)
    {
        while (!await attempt())
        {
            Reply reply = await talk.AskAsync(() => talk.Say(Sentence.SetupAgain), isAnswer: null, stop);
            if (reply.Kind != ReplyKind.Answer) return EndOf(reply);
        }
        return StepEnd.Done;
    }

    private bool IsName(string text)
    {
        try
        {
            PersonLookup.CheckName(text);
            return true;
        }
        catch (DoorbellException error)
        {
            talk.Say(error.Message);
            return false;
        }
    }

    private async Task<SetupDoor> OpenDoorAsync(CancellationToken stop)
    {
        if (_door is not null) return _door;
        _door = await SetupDoor.OpenAsync(readSettings(), talk, stop);
        await _door.IsFoundAsync(times.Found, stop);
        return _door;
    }

    private async Task CloseDoorAsync()
    {
        if (_door is null) return;
        await _door.DisposeAsync();
        _door = null;
    }

    private async Task InEnglishAsync(Func<Task> work, CancellationToken stop)
    {
        (Language language, SpeechOptions speech) = (talk.Language, talk.Speech);
        bool isEnglish = language == Language.English;
        SpeechOptions english = speech with { Voice = Language.English.Voice, Language = Language.English.Tag };
        if (!isEnglish) await talk.UseAsync(language, english, stop);
        await work();
        if (!isEnglish) await talk.UseAsync(language, speech, stop);
    }

    private static StepEnd EndOf(Reply reply) => reply.Kind switch
    {
        ReplyKind.Answer => StepEnd.Done,
        ReplyKind.Skip => StepEnd.Skipped,
        ReplyKind.Back => StepEnd.Back,
        _ => StepEnd.Stop,
    };

    private static bool IsNumber(string text, int most, out int number) => int.TryParse(text, out number) && number >= 1 && number <= most;
}
