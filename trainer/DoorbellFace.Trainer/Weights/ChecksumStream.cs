namespace DoorbellFace.Trainer.Weights;

/// <summary>Reads an entry of a zip file and checks its CRC-32 at the end; .NET's own reader does not.</summary>
/// <param name="inner">The entry.</param>
/// <param name="expected">The checksum in the zip's directory.</param>
/// <param name="name">For the message.</param>
internal sealed class ChecksumStream(Stream inner, uint expected, string name) : Stream
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(value =>
    {
        uint remainder = (uint)value;
        for (int bit = 0; bit < 8; bit++) remainder = (remainder >> 1) ^ ((remainder & 1) * 0xEDB88320u);
        return remainder;
    })];

    private uint _checksum = uint.MaxValue;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads what is left and compares.</summary>
    /// <exception cref="InvalidWeightFileException">The checksum is another one.</exception>
    public void Finish()
    {
        Span<byte> rest = stackalloc byte[4096];
        while (Read(rest) > 0)
        {
        }
        if (~_checksum != expected)
            throw new InvalidWeightFileException($"its part '{Printable.Text(name)}' is damaged (the checksum is wrong).");
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        uint checksum = _checksum;
        foreach (byte value in buffer[..read]) checksum = (checksum >> 8) ^ Table[(byte)(checksum ^ value)];
        _checksum = checksum;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
