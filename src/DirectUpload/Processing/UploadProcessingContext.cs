using DirectUpload.Lifecycle;
using DirectUpload.Presigning.Checks;
using DirectUpload.Primitives;
using DirectUpload.Profiles;
using DirectUpload.Storage;
using DirectUpload.Stores;

namespace DirectUpload.Processing;

/// <summary>Provides an upload's content to a processor and stores the processor's results.</summary>
/// <remarks>Instances are safe for concurrent use. They must not be used after the processor has returned.</remarks>
public sealed class UploadProcessingContext
{
    private const int MaxProgressLength = 200;

    private readonly StoredObject _content;
    private readonly IUploadBucket _bucket;
    private readonly UploadProfile _profile;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _properties = [];
    private readonly Dictionary<string, UploadVariant> _variants = [];
    private readonly HashSet<string> _accepted = [];
    private readonly ProgressWriter? _progress;
    private FetchedContent? _fetched;
    private volatile bool _closed;

    internal UploadProcessingContext(
        UploadRecord record, StoredObject content, IUploadBucket bucket, UploadProfile profile, ProgressWriter? progress = null)
    {
        Record = record;
        Upload = Upload.From(record);
        _content = content;
        _bucket = bucket;
        _profile = profile;
        _progress = progress;
        if (!record.KeepsFinalObject)
            return;
        // What earlier processors stored before the upload waited for a decision.
        _properties = new(record.Properties);
        _variants = record.Variants.ToDictionary(static variant => variant.Name);
    }

    /// <summary>Gets the upload as it was when this attempt started.</summary>
    /// <value>A snapshot; it does not change while the processor runs.</value>
    public Upload Upload { get; }

    /// <summary>Gets the number of this attempt.</summary>
    /// <value>From 1; the same for all processors of one run.</value>
    public int Attempt => Record.Attempts;

    /// <summary>Gets the size of the content, in bytes.</summary>
    /// <value>The size of the final object, from 0.</value>
    public long Size => _content.Size;

    /// <summary>Gets the properties that the upload's processors have set so far.</summary>
    /// <value>A snapshot of the properties, by name.</value>
    public IReadOnlyDictionary<string, string> Properties
    {
        get
        {
            lock (_lock)
                return new Dictionary<string, string>(_properties);
        }
    }

    /// <summary>Gets the variants that the upload's processors have stored so far.</summary>
    /// <value>A snapshot of the variants.</value>
    public IReadOnlyList<UploadVariant> Variants
    {
        get
        {
            lock (_lock)
                return [.. _variants.Values];
        }
    }

    internal UploadRecord Record { get; }

    /// <summary>The first failure of storage in this run; errors of a processor after it count as a transient failure.</summary>
    internal Exception? StorageFailure { get; private set; }

    /// <summary>Opens the content for reading, from its first byte.</summary>
    /// <param name="cancellationToken">Cancels the call, not the stream.</param>
    /// <returns>
    /// A stream, which the caller disposes. It can seek if the processor declares <see cref="ProcessorOptions.ReadsWholeFile"/> and the
    /// file is not larger than <see cref="DirectUploadOptions.MaxTemporaryFileSize"/>.
    /// </returns>
    /// <exception cref="InvalidOperationException">The attempt has ended.</exception>
    /// <exception cref="IOException">The final object has changed, or storage is unavailable.</exception>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => OpenRangeAsync(0, _content.Size, cancellationToken);

    /// <summary>Opens a range of the content for reading.</summary>
    /// <param name="offset">The index of the first byte, from 0 to <see cref="Size"/>.</param>
    /// <param name="length">The number of bytes, from 0. The stream is shorter if the content ends before.</param>
    /// <param name="cancellationToken">Cancels the call, not the stream.</param>
    /// <returns>A stream as of <see cref="OpenReadAsync"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The offset is negative or greater than the size, or the length is negative.
    /// </exception>
    /// <exception cref="InvalidOperationException">The attempt has ended.</exception>
    /// <exception cref="IOException">The final object has changed, or storage is unavailable.</exception>
    public async Task<Stream> OpenRangeAsync(long offset, long length, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _content.Size);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        if (length == 0 || offset == _content.Size)
            return Stream.Null;
        length = Math.Min(length, _content.Size - offset);
        return _fetched?.OpenRange(offset, length) ?? await OpenObjectAsync(offset, length, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Stream> OpenObjectAsync(long offset, long length, CancellationToken cancellationToken)
    {
        var stream = await TrackStorageFailureAsync(
            () => _bucket.OpenReadAsync(Record.FinalKey, _content.ETag, offset, length, cancellationToken)).ConfigureAwait(false)
            ?? throw new IOException($"The final object of upload {Record.Id} changed while it was processed; nothing but this library "
                + "should write to its key.");
        return new FailureTrackingStream(stream, failure => StorageFailure ??= failure);
    }

    /// <summary>Stores a variant of the content, such as a thumbnail.</summary>
    /// <param name="name">
    /// The name of the variant: 1 to 64 of <c>a-z 0-9 . - _</c>, beginning with a letter or a digit, such as <c>thumbnail.webp</c>.
    /// </param>
    /// <param name="contentType">The media type of the variant.</param>
    /// <param name="content">
    /// The bytes of the variant, from the stream's position on: at most 5 GiB. A stream that can't seek is read into memory first.
    /// </param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>A task that completes when the variant is stored.</returns>
    /// <exception cref="ArgumentException">
    /// The name is invalid or belongs to the content itself, or the media type is empty or not printable US-ASCII.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The attempt has ended.</exception>
    /// <exception cref="IOException">Storage is unavailable.</exception>
    /// <remarks>
    /// The variant's key is the final key, in which the name replaces the extension. A second variant of the same name replaces the first.
    /// The variant has the profile's <see cref="UploadProfile.ObjectSettings"/>, except <c>ContentEncoding</c>, which describes the bytes
    /// of the content. It is deleted with the upload.
    /// </remarks>
    public async Task PutVariantAsync(string name, string contentType, Stream content, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(contentType);
        ArgumentNullException.ThrowIfNull(content);
        HeaderText.ThrowIfError(HeaderText.FindError(nameof(contentType), contentType));
        var key = FinalKeys.CreateForVariant(Record, name);
        using var buffered = content.CanSeek ? null : new MemoryStream();
        if (buffered is not null)
        {
            await content.CopyToAsync(buffered, cancellationToken).ConfigureAwait(false);
            buffered.Position = 0;
        }

        var bytes = buffered ?? content;
        var size = bytes.Length - bytes.Position;
        await TrackStorageFailureAsync(async () =>
        {
            await _bucket.PutAsync(key, contentType, bytes, ContentDisposition.CreateVariantSettings(
                Record, name, contentType, _profile), cancellationToken).ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
        if (!TryRecord(new UploadVariant(name, key, contentType, size)))
        {
            // The attempt ended while the variant was stored, and its cleanup may have missed the object.
            await _bucket.DeleteAsync(key, CancellationToken.None).ConfigureAwait(false);
            ThrowIfClosed();
        }
    }

    /// <summary>Sets a value that the processor found, for the upload's <see cref="DirectUpload.Upload.Properties"/>.</summary>
    /// <param name="name">The name of the property, such as <c>width</c>.</param>
    /// <param name="value">The value of the property.</param>
    /// <exception cref="ArgumentException">The name is null or empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    public void SetProperty(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(value);
        lock (_lock)
            _properties[name] = value;
    }

    /// <summary>Reports what the processor does now, such as "scanning" or "thumbnails 2 of 5", to those who watch the upload.</summary>
    /// <param name="text">
    /// The text, of which at most 200 characters are kept. The client receives it, in <see cref="DirectUpload.Upload.Progress"/>.
    /// </param>
    /// <exception cref="ArgumentException">The text is null, empty or white space.</exception>
    /// <remarks>The latest text is stored at most once a second, and not at all if the upload is finished before.</remarks>
    public void ReportProgress(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        if (!_closed && AuditText.Clean(text, MaxProgressLength) is { } cleaned)
            _progress?.Report(cleaned);
    }

    /// <summary>Copies the content to a temporary file, from which the processors read it from now on.</summary>
    internal async Task FetchAsync(long maxSize, CancellationToken cancellationToken)
    {
        if (_fetched is not null || _content.Size > maxSize || _content.Size == 0)
            return;
        var content = await OpenObjectAsync(0, _content.Size, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
            _fetched = await FetchedContent.CopyAsync(content, _content.Size, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Records that a processor has accepted the content.</summary>
    internal void Accept(string processor) => _accepted.Add(processor);

    /// <summary>Checks whether a processor has accepted the content in this attempt.</summary>
    internal bool HasAccepted(string processor) => _accepted.Contains(processor);

    /// <summary>Gets the decisions of a record that begins to wait: those given before, of this attempt, and the awaited one.</summary>
    internal UploadDecision[] GetDecisions(UploadRecord current, UploadDecision awaited, DateTimeOffset now) =>
    [
        .. current.Decisions,
        .. _accepted.Where(name => current.Decisions.All(decision => decision.Processor != name))
            .Select(name => new UploadDecision(name, DecidedAt: now)),
        awaited,
    ];

    /// <summary>Ends the attempt: an abandoned processor can no longer read the content or store variants.</summary>
    internal void Close()
    {
        lock (_lock)
            _closed = true;
        _fetched?.Dispose();
    }

    private bool TryRecord(UploadVariant variant)
    {
        lock (_lock)
        {
            // An earlier variant of this name may be served already, so its key is kept.
            if (_closed && !_variants.ContainsKey(variant.Name))
                return false;
            _variants[variant.Name] = variant;
            return true;
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new InvalidOperationException(
                $"The attempt to process upload {Record.Id} has ended; its context can no longer read or write.");
        }
    }

    private async Task<T> TrackStorageFailureAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            StorageFailure ??= failure;
            throw;
        }
    }
}
