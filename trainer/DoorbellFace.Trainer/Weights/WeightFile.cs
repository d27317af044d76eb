using System.IO.Compression;

namespace DoorbellFace.Trainer.Weights;

/// <summary>
/// A file of weights by name: PyTorch's .pth (a zip file since version 1.6, one stream before) or .safetensors, the package of ML.NET's
/// image featurizer, or a model that <c>export</c> wrote. The file is only read, nothing out of it is run. Opening reads the index; a
/// tensor's numbers are read when they are asked for.
/// </summary>
internal sealed class WeightFile : IDisposable
{
    private readonly IDisposable _source;
    private readonly string _path;

    private WeightFile(string path, IDisposable source, IReadOnlyDictionary<string, StoredTensor> tensors)
    {
        _path = path;
        _source = source;
        Tensors = tensors;
    }

    /// <summary>The tensors by name, in the file's order.</summary>
    public IReadOnlyDictionary<string, StoredTensor> Tensors { get; }

    /// <summary>Opens a file, whatever its format and name.</summary>
    /// <exception cref="InvalidWeightFileException">There is no such file, or it is no file of weights, or it is damaged.</exception>
    public static WeightFile Open(string path)
    {
        if (!File.Exists(path)) throw new InvalidWeightFileException($"There is no file '{path}'.");
        FileStream? file = null;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            IReadOnlyDictionary<string, StoredTensor> tensors = ReadIndex(file, out IDisposable source);
            if (tensors.Count == 0) throw new InvalidWeightFileException("it holds no tensors by name.");
            return new WeightFile(path, source, tensors);
        }
        catch (Exception error)
        {
            file?.Dispose();
            if (error is InvalidWeightFileException or IOException or UnauthorizedAccessException) throw NotUsable(path, error.Message);
            throw;
        }
    }

    /// <summary>The numbers of a tensor, the last dimension running fastest.</summary>
    /// <exception cref="InvalidWeightFileException">The file is damaged there.</exception>
    public float[] Read(string name)
    {
        try
        {
            return Tensors[name].Read();
        }
        catch (Exception error) when (error is InvalidWeightFileException or IOException or InvalidDataException)
        {
            throw NotUsable(_path, error.Message);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _source.Dispose();

    private static InvalidWeightFileException NotUsable(string path, string reason) =>
        new($"The weights in '{path}' cannot be used: {reason}");

    private static IReadOnlyDictionary<string, StoredTensor> ReadIndex(FileStream file, out IDisposable source)
    {
        var start = new byte[Math.Min(file.Length, 16)];
        file.ReadExactly(start);
        file.Position = 0;
        source = file;
        if (PthZip.IsStart(start))
        {
            ZipArchive zip = PthZip.Open(file);
            source = zip;
            return FeaturizerPackage.IsOne(zip) ? FeaturizerPackage.Read(zip) : PthZip.Read(zip, file.Length);
        }
        if (PthLegacy.IsStart(start)) return PthLegacy.Read(file);
        if (Safetensors.IsStart(start)) return Safetensors.Read(file);
        if (OnnxInitializers.IsStart(start)) return OnnxInitializers.Read(file);
        throw new InvalidWeightFileException(start switch
        {
            [] => "the file is empty.",
            [(byte)'<', ..] =>
                "it is a web page. Probably a server answered with a message in place of the file; look at it with a browser.",
            _ => "it is neither a .pth file of PyTorch nor a .safetensors file nor an exported model.",
        });
    }
}
