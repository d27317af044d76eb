namespace DoorbellFace.Testing;

/// <summary>A whole PNG file of one grey pixel: signature, IHDR, IDAT, IEND.</summary>
public static class SmallPng
{
    public static byte[] Bytes { get; } = Convert.FromHexString(
        "89504E470D0A1A0A"
        + "0000000D49484452000000010000000108000000003A7E9B55"
        + "0000000A49444154789C636800000082008177CD72B6"
        + "0000000049454E44AE426082");
}
