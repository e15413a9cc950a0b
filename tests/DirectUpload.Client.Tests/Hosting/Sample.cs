using System.Security.Cryptography;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>Files of noise.</summary>
internal static class Sample
{
    public static byte[] Bytes(long size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string Checksum(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    public static UploadRequest Request(string profile) => new() { Profile = profile, FileName = "noise.bin" };

    /// <summary>Passes, and can't seek.</summary>
    public static Stream Once(byte[] bytes) => new OnceStream(bytes);

    private sealed class OnceStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    }
}

/// <summary>A file of noise that goes with its test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(byte[] bytes)
    {
        Bytes = bytes;
        File.WriteAllBytes(Path, bytes);
    }

    public byte[] Bytes { get; }

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"directupload-{Guid.NewGuid():N}.bin");

    public UploadSource Source => UploadSource.FromFile(Path);

    public void Dispose() => File.Delete(Path);
}
