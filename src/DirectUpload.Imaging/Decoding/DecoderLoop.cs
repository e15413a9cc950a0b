using System.Diagnostics;
using System.Text.Json;
using DirectUpload.Imaging.Protocol;

namespace DirectUpload.Imaging.Decoding;

/// <summary>Answers the jobs on standard input until it ends.</summary>
internal static class DecoderLoop
{
    /// <summary>The time after a job's timeout in which the application, if it still exists, ends this process.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(5);

    public static void Run(long memoryLimit, TimeSpan timeout)
    {
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        Console.SetOut(TextWriter.Null);
        ResourceLimits.Apply(memoryLimit);
        Codecs.Restrict();
        Codecs.Check();
        RunAsync(input, output, timeout).GetAwaiter().GetResult();
    }

    private static async Task RunAsync(Stream input, Stream output, TimeSpan timeout)
    {
        // The empty frame says that this process is ready.
        await Frames.WriteAsync(output, ReadOnlyMemory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
        while (await Frames.ReadAsync(input, ProtocolJson.MaxLength, CancellationToken.None).ConfigureAwait(false) is { } frame)
        {
            var job = JsonSerializer.Deserialize(frame, ProtocolJson.Default.ImageJob)!;
            if (await Frames.ReadAsync(input, int.MaxValue, CancellationToken.None).ConfigureAwait(false) is not { } content)
                return;
            var (reply, variants) = Answer(content, job, timeout);
            await Frames.WriteAsync(
                output, JsonSerializer.SerializeToUtf8Bytes(reply, ProtocolJson.Default.ImageReply), CancellationToken.None)
                .ConfigureAwait(false);
            foreach (var variant in variants)
                await Frames.WriteAsync(output, variant, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static (ImageReply Reply, IReadOnlyList<byte[]> Variants) Answer(byte[] content, ImageJob job, TimeSpan timeout)
    {
        // The application may have been killed, and nothing else ends this process while it decodes.
        using var timer = new Timer(
            _ => Process.GetCurrentProcess().Kill(), null, timeout + GracePeriod, Timeout.InfiniteTimeSpan);
        try
        {
            return ImageRenderer.Render(content, job);
        }
        catch (ImageFailureException failure)
        {
            return (new ImageReply(failure.Failure, failure.Message, 0, 0, 0, null, []), []);
        }
    }
}
