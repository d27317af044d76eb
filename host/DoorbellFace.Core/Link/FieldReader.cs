namespace DoorbellFace.Core.Link;

/// <summary>
/// Reads the 7-bit groups of a packet's body. After one failure every further read fails: check <see cref="Failed"/> once at the end.
/// </summary>
public ref struct FieldReader
{
    private ReadOnlySpan<byte> _rest;

    /// <summary>Starts at the first byte after the type.</summary>
    public FieldReader(ReadOnlySpan<byte> body) => _rest = body;

    /// <summary>The body ended too early or a byte had no top bit.</summary>
    public bool Failed { get; private set; }

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>A number of 7 bits.</summary>
    public int ReadU7() => Read(1);

    /// <summary>A number of 14 bits.</summary>
    public int ReadU14() => Read(2);

    /// <summary>A number of 21 bits.</summary>
    public int ReadU21() => Read(3);

    /// <summary>A number of 28 bits.</summary>
    public int ReadU28() => Read(4);

    private int Read(int groups)
    {
        if (_rest.Length < groups) Failed = true;
        if (Failed) return 0;
        int value = 0;
        for (int group = 0; group < groups; group++)
        {
            if (_rest[group] < 0x80) Failed = true;
            value = (value << 7) | (_rest[group] & 0x7F);
        }
        _rest = _rest[groups..];
        return value;
    }
}
