using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Storage;

/// <summary>Reads a range of an object's bytes across its parts, with one open file at a time.</summary>
internal sealed class PartsStream(IReadOnlyList<StoredPart> parts, BucketFolder folder, long first, long length) : ReadOnlyStream
{
    private long _skip = first;
    private long _remaining = length;
    private int _next;
    private FileStream? _file;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_remaining > 0)
        {
            if (_file is null && !OpenNext())
                return 0;
            var read = await _file!.ReadAsync(buffer[..(int)Math.Min(buffer.Length, _remaining)], cancellationToken);
            _remaining -= read;
            if (read > 0)
                return read;
            await _file.DisposeAsync();
            _file = null;
        }
        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        base.Dispose(disposing);
    }

    private bool OpenNext()
    {
        while (_next < parts.Count && _skip >= parts[_next].Size)
            _skip -= parts[_next++].Size;
        if (_next == parts.Count)
            return false;
        _file = folder.OpenBlob(parts[_next++].Blob);
        _file.Seek(_skip, SeekOrigin.Begin);
        _skip = 0;
        return true;
    }
}
