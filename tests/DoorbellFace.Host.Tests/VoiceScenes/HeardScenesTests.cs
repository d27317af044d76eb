using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Core.Announcements;

namespace DoorbellFace.Host.Tests.VoiceScenes;

/// <summary>
/// What the scenes say in English, spoken by the real voice into a file and listened to by a second program: pocketsphinx, which chooses
/// among all their sentences. Its model of English is American and knows no other voice than people's.
/// </summary>
public sealed partial class HeardScenesTests : IDisposable
{
    private const string Model = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>So soon after its silence a sentence sounds, and after nothing at all the bell.</summary>
    private static readonly TimeSpan Onset = TimeSpan.FromMilliseconds(100);

    /// <summary>Quieter than this is silence: a hundredth of full scale.</summary>
    private const int Silence = 327;

    private static readonly string[] Ones =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty"];

    private readonly TemporaryFolder _folder = new();

    private static string[] Sentences =>
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "results", "scenes"), "*.en.txt")
            .SelectMany(File.ReadLines).Select(line => SaidLine().Match(line)).Where(line => line.Success)
            .Select(line => line.Groups[1].Value).Where(said => !said.StartsWith("chime", StringComparison.Ordinal)).Distinct().Order(
                StringComparer.Ordinal)];

    [ProgramFact("pocketsphinx_continuous", "pocketsphinx pocketsphinx-en-us espeak-ng")]
    public async Task Every_sentence_is_heard_right_among_all_of_them()
    {
        string[] sentences = Sentences;
        Assert.True(sentences.Length >= 10);
        await File.WriteAllTextAsync(_folder["door.jsgf"],
            $"#JSGF V1.0;\ngrammar door;\npublic <said> = {string.Join(" | ", sentences.Select(Words))};\n");
        List<string> misheard = [];
        foreach (string sentence in sentences)
        {
            PcmClip clip = await SpokenAsync(sentence);
            string heard = await HearAsync(clip);
            if (heard != Words(sentence)) misheard.Add($"\"{sentence}\" was heard as \"{heard}\"");
        }

        Assert.Empty(misheard);
    }

    [ProgramFact("espeak-ng", "espeak-ng")]
    public async Task Every_sentence_begins_at_once_is_neither_clipped_nor_faint_and_ends()
    {
        var options = new SpeechOptions();
        foreach (string sentence in Sentences)
        {
            PcmClip clip = await SpokenAsync(sentence);
            int first = FirstSound(clip), last = clip.Samples.Span.LastIndexOfAnyExceptInRange((short)-Silence, (short)Silence);

            Assert.InRange((TimeOf(clip, first) - options.LeadIn).TotalMilliseconds, -1, Onset.TotalMilliseconds);
            Assert.InRange(TimeOf(clip, last - first).TotalSeconds, 0.5, 10);
            Assert.InRange(Peak(clip), 3000, short.MaxValue - 1);
        }
    }

    [Fact]
    public void The_bell_begins_at_once_and_is_neither_clipped_nor_faint()
    {
        PcmClip bell = Chime.Render(PcmClip.UsualSampleRate);

        Assert.InRange(TimeOf(bell, FirstSound(bell)), TimeSpan.Zero, Onset);
        Assert.InRange(Peak(bell), 3000, short.MaxValue - 1);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<PcmClip> SpokenAsync(string sentence)
    {
        string path = _folder["said.wav"];
        var options = new SpeechOptions { Output = SoundOutputChoice.Wav, WavPath = path };
        await using (SpeechQueue speaker = Speaker.Create(options, TimeProvider.System, new RecordingLogger()))
        {
            speaker.Speak(new Announcement(sentence, AnnouncementPriority.Normal, "scene"));
            await speaker.DrainAsync();
        }
        Assert.True(WavHeader.TryReadClip(await File.ReadAllBytesAsync(path), out PcmClip? clip));
        return clip;
    }

    private async Task<string> HearAsync(PcmClip clip)
    {
        string path = _folder["heard.wav"];
        using (var slower = new WavFileOutput(path, 16000)) slower.Begin(clip).Dispose();
        var start = new ProcessStartInfo("pocketsphinx_continuous") { RedirectStandardOutput = true };
        // Its usual beams are narrow, for speed: it then gives up on what a grammar of whole sentences takes to the end.
        string[] words = ["-infile", path, "-jsgf", _folder["door.jsgf"], "-hmm", $"{Model}/en-us", "-dict",
            $"{Model}/cmudict-en-us.dict", "-beam", "1e-120", "-wbeam", "1e-80", "-pbeam", "1e-120", "-logfn", "/dev/null"];
        foreach (string word in words) start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        string heard = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return string.Join(' ', heard.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>A sentence in the words of the dictionary: times as they are read, and "doorbell's" in two.</summary>
    private static string Words(string sentence)
    {
        string text = TimeOfDay().Replace(sentence, time => $"{InWords(time.Groups[1].Value)} {InWords(time.Groups[2].Value)}")
            .ToLowerInvariant().Replace("doorbell", "door bell", StringComparison.Ordinal);
        return string.Join(' ', NoWord().Split(text).Where(word => word.Length > 0));
    }

    private static string InWords(string digits)
    {
        int number = int.Parse(digits, CultureInfo.InvariantCulture);
        return number < Ones.Length ? Ones[number] : number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]} {Ones[number % 10]}";
    }

    private static int FirstSound(PcmClip clip) => clip.Samples.Span.IndexOfAnyExceptInRange((short)-Silence, (short)Silence);

    private static TimeSpan TimeOf(PcmClip clip, int samples) => TimeSpan.FromSeconds((double)samples / clip.SampleRate);

    private static int Peak(PcmClip clip) => clip.Samples.ToArray().Max(sample => Math.Abs((int)sample));

    [GeneratedRegex(@"^ *[0-9.]+  (.+)$")]
    private static partial Regex SaidLine();

    [GeneratedRegex(@"(\d+):(\d+)")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex("[^a-z']+")]
    private static partial Regex NoWord();
}
