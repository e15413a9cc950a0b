using System.Security.Cryptography;

namespace DirectUpload.Client.Tests.Hosting;

/// <summary>Files of noise.</summary>
internal static class TestData
{
    public static byte[] CreateBytes(long size, int seed = 1)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static string ComputeChecksum(byte[] bytes) => Convert.ToBase64String(SHA256.HashData(bytes));

    public static FileUploadRequest CreateRequest(string profile) => new() { Profile = profile, FileName = "noise.bin" };

    /// <summary>Passes, and can't seek.</summary>
    public static Stream CreateForwardOnlyStream(byte[] bytes) => new ForwardOnlyStream(bytes);

    private sealed class ForwardOnlyStream(byte[] bytes) : MemoryStream(bytes)
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

    public FileUploadSource Source => FileUploadSource.FromFile(Path);

    public void Dispose() => File.Delete(Path);
}
