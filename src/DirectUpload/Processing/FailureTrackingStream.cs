using DirectUpload.Storage;

namespace DirectUpload.Processing;

/// <summary>
/// Reads from storage and reports failed reads, so that a processor that throws afterwards counts as interrupted by a transient failure.
/// </summary>
internal sealed class FailureTrackingStream(Stream inner, Action<Exception> reportFailure) : ForwardOnlyStream(inner)
{
    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return Inner.Read(buffer, offset, count);
        }
        catch (Exception failure)
        {
            reportFailure(failure);
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await Inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            reportFailure(failure);
            throw;
        }
    }
}
