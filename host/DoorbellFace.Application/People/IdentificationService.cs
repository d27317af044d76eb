using DoorbellFace.Application.Faces;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.People;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.People;

/// <summary>Says who is on photos. Whoever creates it disposes it. Not thread-safe: one worker owns it.</summary>
public sealed class IdentificationService : IDisposable
{
    private readonly IPictureFiles _pictures;
    private readonly PhotoFaces _faces;
    private readonly IMatchPolicy _policy;
    private readonly IDisposable _engine;

    private IdentificationService(IPictureFiles pictures, PhotoFaces faces, IMatchPolicy policy, IReadOnlyList<string> names,
        IDisposable engine) =>
        (_pictures, _faces, _policy, Names, _engine) = (pictures, faces, policy, names, engine);

    /// <summary>Whom it can name.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Loads networks and people.</summary>
    /// <param name="models">Loads models.</param>
    /// <param name="folder">The model's folder, of either kind; null for the backbone that comes with the program.</param>
    /// <param name="people">Who is enrolled.</param>
    /// <param name="pictures">Reads picture files.</param>
    /// <exception cref="DoorbellException">The people cannot be read.</exception>
    /// <exception cref="InvalidModelException">The model cannot be used.</exception>
    public static IdentificationService Load(IFaceModels models, string? folder, PeopleService people, IPictureFiles pictures)
    {
        if (folder is not null && models.TaskOf(folder) == ModelTask.Classification)
        {
            ClassifierEngine classifier = models.LoadClassifier(folder);
            return new IdentificationService(pictures, new PhotoFaces(classifier.Finder, classifier.Reader),
                new MatchPolicy(classifier.Manifest), classifier.Names, classifier);
        }
        FaceEngine engine = models.LoadEngine(folder);
        try
        {
            ModelManifest manifest = engine.Embedder.Manifest;
            Gallery gallery = GalleryLoader.Of(people.List(engine.Embedder), manifest.ModelSha256);
            // A photo stands for itself: there is no second one that could agree.
            var policy = new GalleryPolicy(
                new Household(gallery, engine.Strangers, manifest), new GalleryPolicyOptions { AgreeingFrames = 1 },
                    SecondOpinion.Of(manifest));
            return new IdentificationService(pictures, engine.Photos, policy, [.. gallery.People.Select(person => person.Name)], engine);
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <summary>Says who is on a photo.</summary>
    /// <param name="path">Its file.</param>
    public PhotoAnswer Look(string path) => Look(path, _pictures.TryRead(path, out string reason), reason);

    /// <summary>Says who is on a photo that lies in no file.</summary>
    /// <param name="content">What its file would hold.</param>
    /// <param name="name">What it is called, as the beginning of a sentence: "The picture".</param>
    public PhotoAnswer Look(byte[] content, string name) => Look(name, _pictures.TryDecode(content, name, out string reason), reason);

    /// <inheritdoc/>
    public void Dispose() => _engine.Dispose();

    private PhotoAnswer Look(string name, PixelBuffer? picture, string reason) => picture is null
        ? new PhotoAnswer(name, reason, [])
        : new PhotoAnswer(
            name, null, [.. _faces.Read(picture).Select(face => new FaceAnswer(face.Detection, _policy.Decide([face.Vote])))]);
}

/// <summary>Who is on a photo.</summary>
/// <param name="Photo">Its path, or what it is called.</param>
/// <param name="Problem">Why it could not be read, as a sentence; null when it could.</param>
/// <param name="Faces">Everyone on it.</param>
public sealed record PhotoAnswer(string Photo, string? Problem, IReadOnlyList<FaceAnswer> Faces);

/// <summary>Who a face on a photo is.</summary>
/// <param name="Detection">Where it is, in the photo's coordinates.</param>
/// <param name="Who">Who it is, or that it is nobody known.</param>
public sealed record FaceAnswer(FaceDetection Detection, Identification Who);
