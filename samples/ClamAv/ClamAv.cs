using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using DirectUpload.Processing;
using Microsoft.Extensions.Options;

namespace VirusScan;

/// <summary>clamd's INSTREAM command: the bytes in chunks, each behind its length, and a word about them. Safe for concurrent use; each scan has a connection of its own.</summary>
/// <remarks>Source: https://docs.clamav.net/manual/Usage/Scanning.html and clamd(8).</remarks>
public sealed class ClamAv(IOptions<ClamAvOptions> options)
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>The name of the virus that clamd finds; null when it finds none.</summary>
    /// <exception cref="ProcessorOutageException">clamd can't be reached, or does not answer.</exception>
    /// <exception cref="InvalidOperationException">clamd could not scan it, and says why.</exception>
    public async Task<string?> FindAsync(Stream content, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var client = new TcpClient();
            patience.CancelAfter(options.Value.Timeout);
            await client.ConnectAsync(options.Value.Host, options.Value.Port, patience.Token);
            using var connection = client.GetStream();
            var sent = await TrySendAsync(content, connection, patience, cancellationToken);
            patience.CancelAfter(options.Value.Timeout);
            using var reader = new StreamReader(connection, Encoding.UTF8);
            return Understand((await reader.ReadToEndAsync(patience.Token)).TrimEnd('\0'), sent);
        }
        catch (Exception outage) when (outage is SocketException || (outage is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProcessorOutageException($"clamd at {options.Value.Host}:{options.Value.Port} does not answer.", outage);
        }
    }

    private static string? Understand(string answer, bool sent) => answer switch
    {
        "stream: OK" when sent => null,
        _ when answer.EndsWith(" FOUND", StringComparison.Ordinal) => answer["stream: ".Length..^" FOUND".Length],
        "" => throw new ProcessorOutageException("clamd closed the connection without an answer."),
        _ => throw new InvalidOperationException($"clamd says: {answer}. If the file is too large for it, raise StreamMaxLength, MaxFileSize and MaxScanSize in clamd.conf."),
    };

    // False when clamd no longer listens, because it has had enough: then it says why.
    private async Task<bool> TrySendAsync(Stream content, NetworkStream connection, CancellationTokenSource patience, CancellationToken cancellationToken)
    {
        var chunk = new byte[sizeof(int) + ChunkSize];
        if (!await TryWriteAsync("zINSTREAM\0"u8.ToArray()))
            return false;
        int size;
        do
        {
            size = await content.ReadAtLeastAsync(chunk.AsMemory(sizeof(int)), ChunkSize, throwOnEndOfStream: false, cancellationToken);
            BinaryPrimitives.WriteInt32BigEndian(chunk, size); // the last chunk is an empty one
            if (!await TryWriteAsync(chunk.AsMemory(0, sizeof(int) + size)))
                return false;
        }
        while (size > 0);
        return true;

        async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes)
        {
            patience.CancelAfter(options.Value.Timeout);
            try
            {
                await connection.WriteAsync(bytes, patience.Token);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
