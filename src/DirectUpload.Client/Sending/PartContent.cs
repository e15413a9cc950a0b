using System.Buffers;
using System.Net;
using DirectUpload.Client.Reading;

namespace DirectUpload.Client.Sending;

/// <summary>Streams a part as the body of a request, with its exact length.</summary>
internal sealed class PartContent(PartReader piece, SendAttempt attempt, FileUploadPause? pause) : HttpContent
{
    /// <summary>Gets the error of the source, which the HTTP handler would report as a network error.</summary>
    public Exception? SourceError { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadDefaults.BufferSize);
        try
        {
            for (var at = 0L; at < piece.Length;)
            {
                if (pause is not null)
                    await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
                var next = buffer.AsMemory(0, (int)Math.Min(ReadDefaults.BufferSize, piece.Length - at));
                await ReadAsync(at, next, cancellationToken).ConfigureAwait(false);
                await stream.WriteAsync(next, cancellationToken).ConfigureAwait(false);
                attempt.ReportSent(next.Length);
                at += next.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = piece.Length;
        return true;
    }

    private async ValueTask ReadAsync(long at, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            await piece.ReadExactlyAsync(at, buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            SourceError = fault;
            throw;
        }
    }
}
