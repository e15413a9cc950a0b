using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;
using DirectUpload.Processing;
using Microsoft.Extensions.Options;

namespace VirusScan;

/// <summary>Scans content with clamd's INSTREAM command.</summary>
/// <remarks>
/// The client sends the content in chunks, each preceded by its length, and reads one line with the result. Safe for concurrent use; each
/// scan has a connection of its own. Source: https://docs.clamav.net/manual/Usage/Scanning.html and clamd(8).
/// </remarks>
/// <param name="options">The address and the timeout of clamd.</param>
public sealed class ClamAvClient(IOptions<ClamAvOptions> options)
{
    private const int ChunkSize = 64 * 1024;

    /// <summary>Scans content for viruses.</summary>
    /// <param name="content">The content, which is read to its end.</param>
    /// <param name="cancellationToken">Cancels the scan.</param>
    /// <returns>The name of the virus that clamd found; null if it found none.</returns>
    /// <exception cref="ProcessorUnavailableException">clamd is unavailable or did not respond in time.</exception>
    /// <exception cref="InvalidOperationException">clamd could not scan the content; the message contains its error.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<string?> ScanAsync(Stream content, CancellationToken cancellationToken)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            using var client = new TcpClient();
            timeout.CancelAfter(options.Value.Timeout);
            await client.ConnectAsync(options.Value.Host, options.Value.Port, timeout.Token);
            using var connection = client.GetStream();
            var sent = await TrySendAsync(content, connection, timeout, cancellationToken);
            timeout.CancelAfter(options.Value.Timeout);
            using var reader = new StreamReader(connection, Encoding.UTF8);
            return ParseResponse((await reader.ReadToEndAsync(timeout.Token)).TrimEnd('\0'), sent);
        }
        catch (Exception unavailable) when (unavailable is SocketException
            || (unavailable is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ProcessorUnavailableException($"clamd at {options.Value.Host}:{options.Value.Port} did not respond.", unavailable);
        }
    }

    private static string? ParseResponse(string response, bool sent) => response switch
    {
        "stream: OK" when sent => null,
        _ when response.EndsWith(" FOUND", StringComparison.Ordinal) => response["stream: ".Length..^" FOUND".Length],
        "" => throw new ProcessorUnavailableException("clamd closed the connection without a response."),
        _ => throw new InvalidOperationException(
            $"clamd could not scan the file: {response}. If the file is too large, raise StreamMaxLength, "
            + "MaxFileSize and MaxScanSize in clamd.conf."),
    };

    // Returns false when clamd stops reading, for example at its size limit; it then sends the reason.
    private async Task<bool> TrySendAsync(
        Stream content, NetworkStream connection, CancellationTokenSource timeout, CancellationToken cancellationToken)
    {
        var chunk = new byte[sizeof(int) + ChunkSize];
        if (!await TryWriteAsync("zINSTREAM\0"u8.ToArray()))
            return false;
        int size;
        do
        {
            size = await content.ReadAtLeastAsync(chunk.AsMemory(sizeof(int)), ChunkSize, throwOnEndOfStream: false, cancellationToken);
            BinaryPrimitives.WriteInt32BigEndian(chunk, size); // An empty chunk ends the stream.
            if (!await TryWriteAsync(chunk.AsMemory(0, sizeof(int) + size)))
                return false;
        }
        while (size > 0);
        return true;

        async Task<bool> TryWriteAsync(ReadOnlyMemory<byte> bytes)
        {
            timeout.CancelAfter(options.Value.Timeout);
            try
            {
                await connection.WriteAsync(bytes, timeout.Token);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        }
    }
}
