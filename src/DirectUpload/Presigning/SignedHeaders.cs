using System.Globalization;
using DirectUpload.Presigning.Checks;
using DirectUpload.Primitives;

namespace DirectUpload.Presigning;

/// <summary>Collects the headers to sign.</summary>
/// <remarks>The caller adds them in the order of their names, which SigV4 requires and a test verifies.</remarks>
internal ref struct SignedHeaders(int maxCount)
{
    private readonly SignedHeader[] _headers = new SignedHeader[maxCount];
    private int _count;

    public void Add(HeaderName name, string? value)
    {
        if (value is null)
            return;
        // A value that cannot be sent exactly as signed would fail later, with a 403 of the storage that does not name the cause.
        HeaderText.ThrowIfError(HeaderText.FindError(name.Text, value));
        _headers[_count++] = new(name, value);
    }

    public void AddContentLength(long? length)
    {
        if (length is not { } bytes)
            return;
        if (bytes is < 0 or > S3Limits.MaxSinglePutSize)
            throw new ArgumentException($"ContentLength is {bytes}; a PUT sends 0 to {S3Limits.MaxSinglePutSize} bytes (5 GiB).");
        _headers[_count++] = new(HeaderName.ContentLength, bytes.ToString(CultureInfo.InvariantCulture));
    }

    public void AddChecksum(string? sha256)
    {
        ChecksumText.ThrowIfNotSha256(sha256);
        if (sha256 is not null)
            _headers[_count++] = new(HeaderName.ChecksumSha256, sha256);
    }

    public void AddMetadata(IDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        var sorted = metadata
            .Select(item => KeyValuePair.Create(MetadataName.ToHeaderName(item.Key), item.Value))
            .OrderBy(item => item.Key, StringComparer.Ordinal);
        foreach (var (name, value) in sorted)
            Add(new HeaderName(name), value);
    }

    public void AddTags(IDictionary<string, string> tags) =>
        Add(HeaderName.Tagging, tags.Count == 0 ? null : ObjectTags.ToQueryString(tags));

    public readonly SignedHeader[] ToArray() => _count == _headers.Length ? _headers : _headers[.._count];

    /// <summary>Gets the number of headers that the settings require.</summary>
    public static int CountHeaders(ObjectSettings settings) =>
        CountIfSet(settings.Acl) + CountIfSet(settings.CacheControl) + CountIfSet(settings.ContentDisposition)
        + CountIfSet(settings.ContentEncoding)
        + CountIfSet(settings.ServerSideEncryption) + CountIfSet(settings.KmsKeyId) + settings.Metadata.Count
        + (settings.Tags.Count > 0 ? 1 : 0);

    public static int CountIfSet<T>(T value) => value is null ? 0 : 1;
}
