using System.Net;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>A request body of any size that costs its sender no memory and hardly any time: one block of noise, again and again.</summary>
internal sealed class NoiseContent : HttpContent
{
    private static readonly byte[] Noise = CreateNoise();

    private readonly long _length;

    public NoiseContent(long length, string contentType)
    {
        _length = length;
        Headers.ContentLength = length;
        Headers.ContentType = new(contentType);
    }

    /// <summary>The bytes, in pieces.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> GetChunks(long length)
    {
        for (; length > 0; length -= Math.Min(length, Noise.Length))
            yield return Noise.AsMemory(0, (int)Math.Min(length, Noise.Length));
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        foreach (var piece in GetChunks(_length))
            await stream.WriteAsync(piece);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _length;
        return true;
    }

    private static byte[] CreateNoise()
    {
        var noise = new byte[128 * 1024];
        new Random(1).NextBytes(noise);
        return noise;
    }
}
