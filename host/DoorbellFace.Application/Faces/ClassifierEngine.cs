using DoorbellFace.Core.Classification;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;

namespace DoorbellFace.Application.Faces;

/// <summary>
/// The paper's way: a detector and a network that was trained on the family. Whoever creates it disposes it. Not thread-safe: one worker
/// owns it.
/// </summary>
/// <param name="finder">Finds faces.</param>
/// <param name="classifier">Knows the family's labels.</param>
/// <param name="owned">Disposed of with it, the last first.</param>
public sealed class ClassifierEngine(IFaceFinder finder, IFaceClassifier classifier, IReadOnlyList<IDisposable> owned) : IDisposable
{
    /// <summary>Finds faces.</summary>
    public IFaceFinder Finder => finder;

    /// <summary>Looks at a face.</summary>
    public IFaceReader Reader { get; } = new ClassifierReader(classifier);

    /// <summary>The model's contract.</summary>
    public ModelManifest Manifest => classifier.Manifest;

    /// <summary>Whom it can name.</summary>
    public IReadOnlyList<string> Names => [.. Manifest.Labels.Where(label => label != Manifest.UnknownLabel)];

    /// <summary>Runs the network once.</summary>
    public void WarmUp() => classifier.Classify(new float[new Preprocessor(Manifest.Preprocessor).TensorLength]);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable part in owned.Reverse()) part.Dispose();
    }
}
