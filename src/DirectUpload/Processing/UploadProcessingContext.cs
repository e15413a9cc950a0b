using DirectUpload.Confirmation;
using DirectUpload.Profiles;
using DirectUpload.Signing.Checks;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload.Processing;

/// <summary>One upload as a processor gets it. Safe for concurrent use by the step that has it, until that step ends.</summary>
public sealed class UploadProcessingContext
{
    private readonly StoredObject _content;
    private readonly IUploadBucket _bucket;
    private readonly UploadProfile _profile;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _findings = [];
    private readonly Dictionary<string, UploadDerivative> _derivatives = [];
    private volatile bool _closed;

    internal UploadProcessingContext(UploadRecord record, StoredObject content, IUploadBucket bucket, UploadProfile profile)
    {
        Record = record;
        _content = content;
        _bucket = bucket;
        _profile = profile;
    }

    /// <summary>The upload's record, as it was when this attempt began.</summary>
    public UploadRecord Record { get; }

    /// <summary>Which attempt this is, from 1; the same for all steps of one run.</summary>
    public int Attempt => Record.Attempts;

    /// <summary>The content's size in bytes.</summary>
    public long Size => _content.Size;

    /// <summary>What this run's steps have found out so far.</summary>
    public IReadOnlyDictionary<string, string> Findings
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, string>(_findings);
        }
    }

    /// <summary>What this run's steps have put beside the content so far.</summary>
    public IReadOnlyList<UploadDerivative> Derivatives
    {
        get
        {
            lock (_lock)
                return [.. _derivatives.Values];
        }
    }

    /// <summary>Storage could not be read or written: what follows from it is an outage, not the upload's failure.</summary>
    internal Exception? Outage { get; private set; }

    /// <summary>The content from its first byte. Dispose the stream; it can't seek.</summary>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => OpenRangeAsync(0, _content.Size, cancellationToken);

    /// <summary>A part of the content. Dispose the stream; it can't seek.</summary>
    /// <param name="offset">The first byte, from 0 to the size.</param>
    /// <param name="length">How many bytes, from 0; the answer is shorter at the content's end.</param>
    /// <param name="cancellationToken">Ends the call, not the stream.</param>
    public async Task<Stream> OpenRangeAsync(long offset, long length, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _content.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0 || offset == _content.Size)
            return Stream.Null;
        var stream = await ReachingStorageAsync(() => _bucket.OpenReadAsync(Record.FinalKey, _content.ETag, offset, length, cancellationToken)).ConfigureAwait(false)
            ?? throw new IOException($"The frozen object of upload {Record.Id} changed while it was processed; nothing but this library should write to its key.");
        return new WatchedStream(stream, outage => Outage ??= outage);
    }

    /// <summary>
    /// Puts an object beside the content, under the final key's name with its own in place of the extension; it is deleted with the upload. Doing so again under one name
    /// replaces it. It has the profile's <see cref="UploadProfile.ObjectSettings"/>, except <c>ContentEncoding</c>, which describes the content's own bytes.
    /// </summary>
    /// <param name="name">1 to 64 of <c>a-z 0-9 . - _</c>, beginning with a letter or a digit, such as <c>thumbnail.webp</c>.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="content">Its bytes, from the stream's position on: at most 5 GiB. A stream that can't seek is read into memory first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ArgumentException">The name is invalid or the content's own, or the media type is not printable US-ASCII.</exception>
    public async Task PutDerivativeAsync(string name, string contentType, Stream content, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(contentType);
        ArgumentNullException.ThrowIfNull(content);
        HeaderText.ThrowIf(HeaderText.FindFault(nameof(contentType), contentType));
        var key = FinalKeys.OfDerivative(Record, name);
        using var buffered = content.CanSeek ? null : new MemoryStream();
        if (buffered is not null)
        {
            await content.CopyToAsync(buffered, cancellationToken).ConfigureAwait(false);
            buffered.Position = 0;
        }

        var bytes = buffered ?? content;
        var size = bytes.Length - bytes.Position;
        await ReachingStorageAsync(async () =>
        {
            await _bucket.PutAsync(key, contentType, bytes, Disposition.VariantSettings(Record, name, contentType, _profile), cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        lock (_lock)
            _derivatives[name] = new UploadDerivative(name, key, contentType, size);
    }

    /// <summary>Writes something that was found out into the record's <see cref="UploadRecord.Findings"/>.</summary>
    /// <param name="name">Its name, such as <c>width</c>.</param>
    /// <param name="value">Its value.</param>
    public void Find(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
            _findings[name] = value;
    }

    /// <summary>The attempt has ended: a processor that was abandoned reads and writes nothing more.</summary>
    internal void Close() => _closed = true;

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new InvalidOperationException($"The attempt to process upload {Record.Id} has ended; its context reads and writes nothing more.");
    }

    private async Task<T> ReachingStorageAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception outage) when (outage is not OperationCanceledException)
        {
            Outage ??= outage;
            throw;
        }
    }
}
