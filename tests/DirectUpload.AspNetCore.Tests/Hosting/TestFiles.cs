using System.Security.Cryptography;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>File contents, small and real.</summary>
internal static class TestFiles
{
    private static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A PNG of one pixel and, behind its end, as many bytes as are wanted.</summary>
    public static byte[] Png(int size = 1000, byte filler = 0) => [.. Pixel, .. Enumerable.Repeat(filler, size - Pixel.Length)];

    /// <summary>A program, of the same size as a picture would have.</summary>
    public static byte[] Executable(int size = 1000) => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[size - 7]];

    public static string Sha256(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));
}
