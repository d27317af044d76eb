using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using DoorbellFace.Terminal;
using DoorbellFace.Trainer.Dataset;
using DoorbellFace.Trainer.Network;
using static TorchSharp.torch;

namespace DoorbellFace.Trainer.Distillation;

/// <summary>
/// The views (<see cref="FaceView"/>) and what the teacher says of each, asked once and kept: what the student is to learn is the teacher's
/// function, and 33,000 photos are 33,000 of its values. (Beyer et al., "Knowledge distillation: A good teacher is patient and consistent",
/// 2022: teacher and student must see the same view.) One file of records of equal size, so that an interrupted harvest goes on where it
/// was, and a finished one can be made longer.
/// </summary>
internal sealed class ViewHarvest
{
    /// <summary>So many views are mixtures; the others show one face.</summary>
    private const float MixtureShare = 0.7f;

    /// <summary>In so many mixtures both faces are alike: there lie the look-alikes. In the others chance decides.</summary>
    private const float AlikeShare = 0.5f;

    /// <summary>Alike are so many of the other people's faces, the most similar ones by the teacher.</summary>
    private const int AlikeFaces = 48;

    /// <summary>Views painted and asked about before anything is written.</summary>
    private const int ChunkViews = 256;

    private const int ChoiceStream = 12;

    private const int HeaderBytes = 48, RecordBytes = (2 * sizeof(int)) + (Teacher.EmbeddingLength * 2);

    private readonly byte[] _records;
    private readonly ViewPainter _painter;

    private ViewHarvest(byte[] records, ViewPainter painter)
    {
        _records = records;
        _painter = painter;
    }

    /// <summary>How many views there are.</summary>
    public int Count => _records.Length / RecordBytes;

    /// <summary>A view, as it is kept.</summary>
    public FaceView this[int number] => ViewIn(Record(number), number);

    /// <summary>Paints a view: Gray8, with the edge and the span of a harvested crop.</summary>
    public Core.Imaging.PixelBuffer Paint(int number) => _painter.Paint(this[number]);

    /// <summary>What the teacher said of it, of length 1 but for the rounding to 16 bits.</summary>
    public void CopyEmbedding(int number, Span<float> target)
    {
        ReadOnlySpan<Half> kept = MemoryMarshal.Cast<byte, Half>(Record(number)[(2 * sizeof(int))..]);
        for (int i = 0; i < kept.Length; i++) target[i] = (float)kept[i];
    }

    /// <summary>Where the views of a seed are kept.</summary>
    /// <param name="directory">The harvest's folder.</param>
    /// <param name="seed">The seed of all views.</param>
    public static string FileOf(string directory, int seed) => Path.Combine(directory, $"views-{seed}.bin");

    /// <summary>Reads the first views.</summary>
    /// <param name="path">The file.</param>
    /// <param name="harvest">The faces they are made of.</param>
    /// <param name="seed">The seed of all views.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="UserErrorException">There are fewer, or they were made of other faces.</exception>
    public static ViewHarvest Read(string path, FaceHarvest harvest, int seed, int count)
    {
        if (!File.Exists(path)) throw new UserErrorException($"There is no file of views '{path}'.");
        using FileStream file = File.OpenRead(path);
        RequireHeader(file, path, Header(harvest, seed));
        int there = (int)((file.Length - HeaderBytes) / RecordBytes);
        if (there < count)
            throw new UserErrorException($"'{path}' has {there} views; {count} were expected. Run the command that gathers them again.");
        var records = new byte[count * RecordBytes];
        file.ReadExactly(records);
        return new ViewHarvest(records, new ViewPainter(harvest, seed));
    }

    /// <summary>Asks the teacher about views until there are <paramref name="count"/>.</summary>
    /// <param name="path">The file; begun, or made longer.</param>
    /// <param name="harvest">The faces. Those held out go into no view.</param>
    /// <param name="seed">The seed of all views.</param>
    /// <param name="count">How many there shall be; with as many or more there already, nothing is done.</param>
    /// <param name="teacher">Makes a teacher, for each thread its own.</param>
    /// <param name="onViews">Called with the number of views done.</param>
    /// <param name="stop">Ends the work in good order; the next call goes on.</param>
    public static void Gather(string path, FaceHarvest harvest, int seed, int count, Func<IViewTeacher> teacher, Action<int> onViews,
        CancellationToken stop)
    {
        byte[] header = Header(harvest, seed);
        using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        if (file.Length < HeaderBytes)
        {
            file.SetLength(0);
            file.Write(header);
        }
        else
        {
            RequireHeader(file, path, header);
        }
        // A kill may have cut the last record.
        int done = (int)((file.Length - HeaderBytes) / RecordBytes);
        file.SetLength(HeaderBytes + ((long)done * RecordBytes));
        file.Seek(0, SeekOrigin.End);
        onViews(Math.Min(done, count));
        var painter = new ViewPainter(harvest, seed);
        using var choice = new FaceChoice(harvest, seed);
        using var teachers = new ThreadLocal<IViewTeacher>(teacher, trackAllValues: true);
        try
        {
            while (done < count && !stop.IsCancellationRequested)
            {
                FaceView[] views = choice.Of(done, Math.Min(ChunkViews, count - done));
                var records = new byte[views.Length * RecordBytes];
                Parallel.For(0, views.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
                {
                    IViewTeacher asked = teachers.Value!;
                    float[] embedding = asked.EmbedAligned(ViewPainter.Aligned(painter.Paint(views[i]), asked.AlignedEdge));
                    Write(views[i], embedding, records.AsSpan(i * RecordBytes, RecordBytes));
                });
                file.Write(records);
                file.Flush();
                done += views.Length;
                onViews(done);
            }
        }
        finally
        {
            foreach (IViewTeacher each in teachers.Values) each.Dispose();
        }
    }

    private static byte[] Header(FaceHarvest harvest, int seed)
    {
        var header = new byte[HeaderBytes];
        "doorview"u8.CopyTo(header);
        // What views look like, and which faces are chosen, belongs to the version: a change there makes another one.
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), 1);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), seed);
        SHA256.HashData(MemoryMarshal.AsBytes(harvest.Embeddings.AsSpan()), header.AsSpan(16));
        return header;
    }

    private static void RequireHeader(FileStream file, string path, byte[] expected)
    {
        var found = new byte[HeaderBytes];
        file.ReadAtLeast(found, HeaderBytes, throwOnEndOfStream: false);
        if (!found.AsSpan().SequenceEqual(expected))
            throw new UserErrorException(
                $"The views in '{path}' were made of other faces, with another seed or by another version of this program. Delete the "
                + $"file, and they are made again.");
    }

    private static FaceView ViewIn(ReadOnlySpan<byte> record, int number) =>
        new(number, BinaryPrimitives.ReadInt32LittleEndian(record), BinaryPrimitives.ReadInt32LittleEndian(record[sizeof(int)..]));

    private static void Write(FaceView view, float[] embedding, Span<byte> record)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record, view.Face);
        BinaryPrimitives.WriteInt32LittleEndian(record[sizeof(int)..], view.Other);
        Span<Half> kept = MemoryMarshal.Cast<byte, Half>(record[(2 * sizeof(int))..]);
        for (int i = 0; i < kept.Length; i++) kept[i] = (Half)embedding[i];
    }

    private ReadOnlySpan<byte> Record(int number) => _records.AsSpan(number * RecordBytes, RecordBytes);

    /// <summary>Which faces a view is made of.</summary>
    private sealed class FaceChoice : IDisposable
    {
        private readonly FaceHarvest _harvest;
        private readonly int _seed;
        private readonly int[] _faces;
        private readonly Tensor _embeddings;

        public FaceChoice(FaceHarvest harvest, int seed)
        {
            _harvest = harvest;
            _seed = seed;
            _faces = [.. Enumerable.Range(0, harvest.Faces.Count).Where(face => !HeldOutFaces.Contains(harvest.Faces[face]))];
            if (_faces.Length < 2)
                throw new UserErrorException(
                    $"Views are made of two faces and more; the harvest has {_faces.Length} that may be learnt from.");
            _embeddings =
                TorchOperations.Copy([.. _faces.SelectMany(face => harvest.Embedding(face).ToArray())], _faces.Length,
                    Teacher.EmbeddingLength);
        }

        public FaceView[] Of(int first, int count)
        {
            var views = new FaceView[count];
            var drawn = new (int Place, SeededRandom Random)[count];
            for (int i = 0; i < count; i++)
            {
                var random = new SeededRandom(_seed, first + i, ChoiceStream);
                drawn[i] = (random.Below(_faces.Length), random);
            }
            long[][] alike = Alike([.. drawn.Select(one => (long)one.Place)]);
            for (int i = 0; i < count; i++)
            {
                (int place, SeededRandom random) = drawn[i];
                int other = !random.Chance(MixtureShare) ? FaceView.Nobody : random.Chance(AlikeShare)
                    ? OneOf(alike[i], place, random)
                    : Anybody(place, random);
                views[i] = new FaceView(first + i, _faces[place], other == FaceView.Nobody ? FaceView.Nobody : _faces[other]);
            }
            return views;
        }

        public void Dispose() => _embeddings.Dispose();

        /// <summary>For each face the places of those most similar to it, itself among them.</summary>
        private long[][] Alike(long[] places)
        {
            using var scope = NewDisposeScope();
            Tensor chosen = _embeddings.index_select(0, from_array(places));
            int kept = Math.Min(2 * AlikeFaces, _faces.Length);
            long[] best = chosen.matmul(_embeddings.t()).topk(kept).indexes.data<long>().ToArray();
            return [.. best.Chunk(kept)];
        }

        private int OneOf(long[] alike, int place, SeededRandom random)
        {
            int[] others = [.. alike.Select(index => (int)index).Where(index => IsAnother(index, place)).Take(AlikeFaces)];
            return others.Length > 0 ? others[random.Below(others.Length)] : Anybody(place, random);
        }

        private int Anybody(int place, SeededRandom random)
        {
            const int Tries = 16;
            for (int i = 0; i < Tries; i++)
            {
                int other = random.Below(_faces.Length);
                if (IsAnother(other, place)) return other;
            }
            return FaceView.Nobody;
        }

        /// <summary>Another face, and another person as far as the sets name people.</summary>
        private bool IsAnother(int index, int place) =>
            index != place && (_harvest.Faces[_faces[index]].Person is not { } person || person != _harvest.Faces[_faces[place]].Person);
    }
}
