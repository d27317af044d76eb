using System.Text;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Core.Tests.Link;

public class Crc16Tests
{
    [Fact]
    public void Gives_the_catalogue_value() => Assert.Equal(0x6F91, Crc16.Compute("123456789"u8));

    [Fact]
    public void Starts_at_FFFF() => Assert.Equal(0xFFFF, Crc16.Compute([]));

    [Fact]
    public void Goes_on_where_it_stopped()
    {
        byte[] bytes = Encoding.ASCII.GetBytes("123456789");
        for (int cut = 0; cut <= bytes.Length; cut++)
            Assert.Equal(0x6F91, Crc16.Compute(bytes.AsSpan(cut), Crc16.Compute(bytes.AsSpan(0, cut))));
    }

    [Fact]
    public void Tells_every_single_flipped_bit()
    {
        var bytes = new byte[327];
        new Random(1).NextBytes(bytes);
        ushort right = Crc16.Compute(bytes);
        for (int bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(right, Crc16.Compute(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
