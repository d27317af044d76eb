namespace DoorbellFace.Trainer.Weights;

/// <summary>A run of elements in a file, of which one tensor or several are made.</summary>
/// <param name="Type">What the elements are.</param>
/// <param name="Elements">How many there are.</param>
/// <param name="Source">Opens the bytes, from the first element on.</param>
internal sealed record StoredElements(ElementType Type, long Elements, Func<Stream> Source);

/// <summary>A tensor in a file of weights. Its numbers are read when they are asked for.</summary>
internal sealed class StoredTensor
{
    private const int MostDimensions = 8;

    private readonly long[] _strides;
    private readonly long _offset;
    private readonly StoredElements _elements;

    /// <summary>Describes a tensor, if all of it lies within its elements.</summary>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="strides">For each dimension, how many elements lie between neighbours.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="elements">Where the elements are.</param>
    /// <exception cref="InvalidWeightFileException">The tensor does not fit its elements.</exception>
    public StoredTensor(string name, long[] shape, long[] strides, long offset, StoredElements elements)
    {
        if (shape.Length > MostDimensions || shape.Length != strides.Length)
            throw new InvalidWeightFileException(
                $"the tensor '{Printable.Text(name)}' has {shape.Length} dimensions and {strides.Length} strides; expected as many of "
                + $"both, and at most {MostDimensions}.");
        if (offset < 0 || shape.Any(size => size < 0) || strides.Any(stride => stride < 0))
            throw new InvalidWeightFileException($"the tensor '{Printable.Text(name)}' has a negative size or place.");
        Shape = shape;
        _strides = strides;
        _offset = offset;
        _elements = elements;

        // Checked by division, since a hostile file multiplies until numbers overflow. More numbers than are stored would be the same ones
        // over and over.
        long count = 1;
        foreach (long size in shape)
        {
            if (size != 0 && count > elements.Elements / size) throw TooLarge(name);
            count *= size;
        }
        Count = count;
        if (count == 0) return;
        Int128 last = offset;
        for (int i = 0; i < shape.Length; i++) last += (Int128)(shape[i] - 1) * strides[i];
        if (last >= elements.Elements) throw TooLarge(name);
    }

    /// <summary>Dimensions.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>How many numbers it has.</summary>
    public long Count { get; }

    /// <summary>What the numbers are in the file.</summary>
    public ElementType Type => _elements.Type;

    /// <summary>
    /// The strides of a tensor whose last dimension runs fastest. Sizes that overflow are refused by the constructor, whatever comes out
    /// here.
    /// </summary>
    public static long[] ContiguousStrides(long[] shape)
    {
        var strides = new long[shape.Length];
        long stride = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride = unchecked(stride * shape[i]) & long.MaxValue;
        }
        return strides;
    }

    /// <summary>All numbers, the last dimension running fastest.</summary>
    /// <exception cref="InvalidWeightFileException">The file ends too early, or its checksum is wrong.</exception>
    public float[] Read()
    {
        int size = Type.Size();
        if (Math.Max(Count * sizeof(float), _elements.Elements * size) > Array.MaxLength)
            throw new InvalidWeightFileException("a tensor of it has more than 2 GB.");
        var values = new float[Count];
        if (Count == 0) return values;
        using Stream stream = _elements.Source();
        if (!IsContiguous())
        {
            // Only what is stored in another order than it is used, a transposed matrix for instance, needs all elements at once.
            var all = new byte[_elements.Elements * size];
            ReadExactly(stream, all);
            for (long i = 0; i < Count; i++) values[i] = Type.Decode(all.AsSpan((int)(PlaceOf(i) * size)));
            RequireEnd(stream);
            return values;
        }

        var buffer = new byte[(int)Math.Min(1 << 16, Math.Max(_offset, Count) * size)];
        for (long toSkip = _offset * size; toSkip > 0;)
        {
            int step = (int)Math.Min(toSkip, buffer.Length);
            ReadExactly(stream, buffer.AsSpan(0, step));
            toSkip -= step;
        }
        int perStep = buffer.Length / size;
        for (long done = 0; done < Count;)
        {
            int step = (int)Math.Min(perStep, Count - done);
            ReadExactly(stream, buffer.AsSpan(0, step * size));
            for (int i = 0; i < step; i++) values[done + i] = Type.Decode(buffer.AsSpan(i * size));
            done += step;
        }
        RequireEnd(stream);
        return values;
    }

    private static InvalidWeightFileException TooLarge(string name) =>
        new($"the tensor '{Printable.Text(name)}' is larger than what is stored for it.");

    private static void ReadExactly(Stream stream, Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (Exception error) when (error is EndOfStreamException or InvalidDataException)
        {
            throw new InvalidWeightFileException("it ends in the middle of a tensor. It was probably not copied or downloaded to the end.");
        }
    }

    /// <summary>A stream that checks a checksum does so at its end.</summary>
    private static void RequireEnd(Stream stream)
    {
        if (stream is ChecksumStream checking) checking.Finish();
    }

    private bool IsContiguous()
    {
        long expected = 1;
        for (int i = Shape.Count - 1; i >= 0; i--)
        {
            if (Shape[i] != 1 && _strides[i] != expected) return false;
            expected *= Shape[i];
        }
        return true;
    }

    private long PlaceOf(long index)
    {
        long place = _offset;
        for (int i = Shape.Count - 1; i >= 0; i--)
        {
            place += index % Shape[i] * _strides[i];
            index /= Shape[i];
        }
        return place;
    }
}
