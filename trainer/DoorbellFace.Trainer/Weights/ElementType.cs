namespace DoorbellFace.Trainer.Weights;

/// <summary>What the elements of a stored tensor are; little-endian.</summary>
internal enum ElementType
{
    Float16,
    BFloat16,
    Float32,
    Float64,
    UInt8,
    Int8,
    Int16,
    Int32,
    Int64,
    Boolean,
}

/// <summary>Size and meaning of elements.</summary>
internal static class ElementTypes
{
    /// <summary>Bytes of one element.</summary>
    public static int Size(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Boolean => 1,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 => 2,
        ElementType.Float32 or ElementType.Int32 => 4,
        _ => 8,
    };

    /// <summary>The first element of <paramref name="bytes"/> as a float.</summary>
    public static float Decode(this ElementType type, ReadOnlySpan<byte> bytes) => type switch
    {
        ElementType.Float16 => (float)BitConverter.ToHalf(bytes),
        // A bfloat16 is the upper half of a float.
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)BitConverter.ToUInt16(bytes) << 16),
        ElementType.Float32 => BitConverter.ToSingle(bytes),
        ElementType.Float64 => (float)BitConverter.ToDouble(bytes),
        ElementType.UInt8 => bytes[0],
        ElementType.Int8 => (sbyte)bytes[0],
        ElementType.Int16 => BitConverter.ToInt16(bytes),
        ElementType.Int32 => BitConverter.ToInt32(bytes),
        ElementType.Int64 => BitConverter.ToInt64(bytes),
        ElementType.Boolean => bytes[0] == 0 ? 0 : 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unknown element type."),
    };
}
