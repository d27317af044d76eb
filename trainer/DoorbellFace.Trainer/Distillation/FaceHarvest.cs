using System.Runtime.InteropServices;
using System.Text.Json;
using DoorbellFace.Core.Faces;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Models;
using DoorbellFace.Core.Recognition;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Augmentation;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Vision;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// What the teacher has to say about every photo, asked once and kept: for each face its landmarks, its aligned gray pixels with some
/// surroundings, and the teacher's embedding of these pixels. Three files that grow together, so that an interrupted harvest goes on where
/// it was: faces.jsonl (a line for each photo), crops.gray and embeddings-of-gray.f32 (a record for each face, in the order of the lines).
/// </summary>
internal sealed class FaceHarvest
{
    /// <summary>Edge of a kept crop in pixels.</summary>
    public const int CropEdgePixels = 160;

    /// <summary>How much a crop shows: so many times the aligned face's edge, so that turning and shifting it later finds pixels.</summary>
    public const float CropSpan = 1.25f;

    /// <summary>The embeddings' file. Another than that of harvests whose teacher saw colours: the two must not be mixed.</summary>
    public const string EmbeddingsFile = "embeddings-of-gray.f32";

    private const int CropBytes = CropEdgePixels * CropEdgePixels, EmbeddingBytes = Teacher.EmbeddingLength * sizeof(float);

    /// <summary>Photos looked at before anything is written; they are shared among the cores.</summary>
    private const int ChunkPhotos = 128;

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly byte[] _crops;
    private readonly float[] _embeddings;

    private FaceHarvest(IReadOnlyList<HarvestedFace> photos, byte[] crops, float[] embeddings)
    {
        Photos = photos;
        Faces = [.. photos.Where(photo => photo.Landmarks is not null)];
        _crops = crops;
        _embeddings = embeddings;
    }

    /// <summary>Every photo, also those without a face.</summary>
    public IReadOnlyList<HarvestedFace> Photos { get; }

    /// <summary>The faces, in the order of their pixels and embeddings.</summary>
    public IReadOnlyList<HarvestedFace> Faces { get; }

    /// <summary>The aligned face with its surroundings, Gray8.</summary>
    public PixelBuffer Crop(int face) =>
        new(CropEdgePixels, CropEdgePixels, PixelFormat.Gray8, _crops.AsMemory(face * CropBytes, CropBytes));

    /// <summary>The teacher's embedding, of length 1.</summary>
    public ReadOnlySpan<float> Embedding(int face) => _embeddings.AsSpan(face * Teacher.EmbeddingLength, Teacher.EmbeddingLength);

    /// <summary>All embeddings, one after the other.</summary>
    public float[] Embeddings => _embeddings;

    /// <summary>Some of the faces as a network's inputs: every other one as it is, the others as a small camera sees them.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="size">Edge of the input, in pixels.</param>
    /// <param name="seed">Which ones.</param>
    /// <returns>Tensors of 1 x size x size.</returns>
    public IEnumerable<float[]> Sample(int count, int size, int seed)
    {
        var preprocessor = new Preprocessor(PreprocessorSettings.AlignedGray(size));
        int[] order = [.. Enumerable.Range(0, Faces.Count)];
        new SeededRandom(seed).Shuffle(order);
        foreach ((int i, int face) in order.Take(count).Index())
        {
            var view = new AugmentationChain(new CentrePlacement(size, CropSpan), new SmallCamera(i % 2));
            yield return preprocessor.ToTensor(view.Apply(Crop(face), new SeededRandom(seed, i)));
        }
    }

    /// <summary>Reads a harvest.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static FaceHarvest Read(string directory)
    {
        IReadOnlyList<HarvestedFace> photos = ReadPhotos(directory);
        int faces = photos.Count(photo => photo.Landmarks is not null);
        byte[] crops = ReadRecords(Path.Combine(directory, "crops.gray"), faces, CropBytes);
        byte[] embeddings = ReadRecords(Path.Combine(directory, EmbeddingsFile), faces, EmbeddingBytes);
        return new FaceHarvest(photos, crops, MemoryMarshal.Cast<byte, float>(embeddings).ToArray());
    }

    /// <summary>Reads what a harvest says of the photos, without pixels and embeddings.</summary>
    /// <exception cref="UserErrorException">There is none.</exception>
    public static IReadOnlyList<HarvestedFace> ReadPhotos(string directory)
    {
        string lines = Path.Combine(directory, "faces.jsonl");
        if (!File.Exists(lines)) throw new UserErrorException($"There is no harvest in '{directory}' (faces.jsonl is missing).");
        return [.. File.ReadLines(lines).Select(line => JsonSerializer.Deserialize<HarvestedFace>(line, Json)!)];
    }

    /// <summary>A photo's line in faces.jsonl.</summary>
    public static string LineOf(HarvestedFace photo) => JsonSerializer.Serialize(photo, Json);

    /// <summary>Asks the teacher about every photo that is not in the harvest yet.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="photos">The photos, always in the same order.</param>
    /// <param name="teacherFolder">Where the teacher's files are.</param>
    /// <param name="directory">Where the harvest goes; created.</param>
    /// <param name="onPhotos">Called with the number of photos done.</param>
    /// <param name="stop">Ends the work in good order; the next call goes on.</param>
    public static void Gather(string data, IReadOnlyList<PermittedPhoto> photos, string teacherFolder, string directory,
        Action<int> onPhotos, CancellationToken stop)
    {
        Directory.CreateDirectory(directory);
        using FileStream mine = LockFolder(directory);
        string linesPath = Path.Combine(directory, "faces.jsonl");
        (int done, int faces) = TrimToWholeRecords(directory, photos);
        onPhotos(done);
        int workers = Environment.ProcessorCount;
        using var teachers = new ThreadLocal<Teacher>(() => new Teacher(teacherFolder), trackAllValues: true);
        try
        {
            using FileStream crops = Append(Path.Combine(directory, "crops.gray")),
                embeddings = Append(Path.Combine(directory, EmbeddingsFile));
            while (done < photos.Count && !stop.IsCancellationRequested)
            {
                var chunk = new Seen[Math.Min(ChunkPhotos, photos.Count - done)];
                int start = done;
                Parallel.For(0, chunk.Length, new ParallelOptions { MaxDegreeOfParallelism = workers }, i =>
                    chunk[i] = Look(data, photos[start + i], teachers.Value!));
                foreach (Seen seen in chunk.Where(seen => seen.Crop is not null))
                {
                    crops.Write(seen.Crop!.Pixels);
                    embeddings.Write(MemoryMarshal.AsBytes(seen.Embedding.AsSpan()));
                    faces++;
                }
                crops.Flush();
                embeddings.Flush();
                // The lines come last: what they name is there.
                File.AppendAllLines(linesPath, chunk.Select(seen => LineOf(seen.Face)));
                done += chunk.Length;
                onPhotos(done);
            }
        }
        finally
        {
            foreach (Teacher teacher in teachers.Values) teacher.Dispose();
        }
    }

    private static Seen Look(string data, PermittedPhoto photo, Teacher teacher)
    {
        PictureReading reading = PictureFile.TryRead(Path.Combine(data, photo.Path));
        if (!reading.Succeeded || teacher.FindLandmarks(reading.Picture) is not { } landmarks)
            return new Seen(new HarvestedFace(photo.Path, photo.Person, null), null, null);
        PixelBuffer crop = FaceAlignment.Align(PixelConversion.ToGray8(reading.Picture), landmarks, CropEdgePixels, CropSpan);
        float[] embedding = teacher.EmbedAligned(ViewPainter.Aligned(crop, teacher.AlignedEdge));
        return new Seen(new HarvestedFace(photo.Path, photo.Person, landmarks), crop, embedding);
    }

    /// <summary>After a kill the three files may have grown unevenly: what not all of them have is cut off.</summary>
    private static (int Photos, int Faces) TrimToWholeRecords(string directory, IReadOnlyList<PermittedPhoto> photos)
    {
        string linesPath = Path.Combine(directory, "faces.jsonl");
        if (!File.Exists(linesPath)) File.WriteAllText(linesPath, "");
        string text = File.ReadAllText(linesPath);
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        HarvestedFace[] known =
            [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<HarvestedFace>(line, Json)!)];
        for (int i = 0; i < known.Length; i++)
        {
            if (i >= photos.Count || known[i].Photo != photos[i].Path)
                throw new UserErrorException(
                    $"The harvest in '{directory}' was begun with other photos (it has {known[i].Photo} as number {i + 1}). Choose another "
                    + $"folder, or delete it.");
        }
        if (whole.Length != text.Length) File.WriteAllText(linesPath, whole);
        int faces = known.Count(face => face.Landmarks is not null);
        Trim(Path.Combine(directory, "crops.gray"), (long)faces * CropBytes);
        Trim(Path.Combine(directory, EmbeddingsFile), (long)faces * EmbeddingBytes);
        return (known.Length, faces);
    }

    private static void Trim(string path, long length)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate);
        if (file.Length < length)
            throw new UserErrorException(
                $"'{path}' is too short: {file.Length} bytes, expected {length}. Delete the harvest's folder and begin again.");
        file.SetLength(length);
    }

    /// <summary>Two programs that write the same files would spoil them.</summary>
    private static FileStream LockFolder(string directory)
    {
        try
        {
            return new FileStream(Path.Combine(directory, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException error)
        {
            throw new UserErrorException(
                $"Another program is working in '{directory}'. Wait for it, or end it, and run this command again. ({error.Message})");
        }
    }

    private static FileStream Append(string path) => new(path, FileMode.Append, FileAccess.Write);

    private static byte[] ReadRecords(string path, int count, int bytes)
    {
        var content = new byte[(long)count * bytes];
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(content);
        return content;
    }

    private sealed record Seen(HarvestedFace Face, PixelBuffer? Crop, float[]? Embedding);
}
