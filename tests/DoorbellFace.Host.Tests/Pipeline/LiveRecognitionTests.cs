using DoorbellFace.Adapters.Storage;
using DoorbellFace.Application;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.People;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Vision;
using Microsoft.Extensions.Time.Testing;

namespace DoorbellFace.Host.Tests.Pipeline;

/// <summary>The people of a running door, with the real networks, over a store that is slow or taken away.</summary>
public sealed class LiveRecognitionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLogger _log = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>SQLite waits for seconds where another program holds a file; a visitor's name must not.</summary>
    [Fact]
    public async Task A_store_that_does_not_answer_is_not_waited_for()
    {
        var storage = new SlowStorage(new SqlitePeopleStorage(_folder.Root, _log));
        using LiveRecognition recognition = Load(storage);
        storage.Open().Dispose();
        using var held = new ManualResetEventSlim();
        storage.Held = held;

        // It would not come back at all if it waited.
        Assert.Null(await Task.Run(recognition.Refresh).WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Null(recognition.SpokenTrouble);
        held.Set();

        while (recognition.Refresh() is null) await Task.Delay(10);
        Assert.Null(recognition.SpokenTrouble);
    }

    [Fact]
    public void A_store_that_cannot_be_opened_is_spoken_of_and_tried_again()
    {
        var time = new FakeTimeProvider();
        var storage = new SlowStorage(new SqlitePeopleStorage(_folder.Root, _log)) { Fault = "The disk is on fire." };
        using LiveRecognition recognition = LiveRecognition.Load(Sources(storage), time, _log);
        Assert.Equal(Sentence.CannotReadPeople, recognition.SpokenTrouble);

        storage.Fault = null;
        storage.Open().Dispose();
        Assert.Null(recognition.Refresh());
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.NotNull(recognition.Refresh());
        Assert.Null(recognition.SpokenTrouble);
    }

    private LiveRecognition Load(IPeopleStorage storage) => LiveRecognition.Load(Sources(storage), TimeProvider.System, _log);

    private RecognitionSources Sources(IPeopleStorage storage) =>
        new(new FaceModels(), new FolderModelStore(_folder["models"], ModelCheck.Run), storage);

    private sealed class SlowStorage(IPeopleStorage storage) : IPeopleStorage
    {
        public ManualResetEventSlim? Held { get; set; }

        public string? Fault { get; set; }

        public IGalleryStore Open() => storage.Open();

        public IGalleryStore? OpenIfThere()
        {
            Held?.Wait();
            return Fault is null ? storage.OpenIfThere() : throw new DoorbellException(ErrorKind.UnusableInput, Fault);
        }
    }
}
