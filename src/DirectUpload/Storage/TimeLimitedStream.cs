namespace DirectUpload.Storage;

/// <summary>Reads an object from storage, with the timeout and the exceptions of <see cref="StorageCallExecutor"/> for each read.</summary>
internal sealed class TimeLimitedStream(Stream inner, StorageCallExecutor calls, StorageCall call) : ForwardOnlyStream(inner)
{
    private bool _abandoned;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_abandoned, this);
        try
        {
            return await calls.RunAsync(
                call, async (token, _) => await Inner.ReadAsync(buffer, token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // A read that ignores cancellation must not write into the buffer after the caller has reused it.
            _abandoned = true;
            await Inner.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // The synchronous read of the connection has no timeout.
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();
}
