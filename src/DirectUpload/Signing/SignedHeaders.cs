using System.Globalization;
using DirectUpload.Signing.Checks;
using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>Collects the headers to sign, called in the order of their names, which SigV4 wants and a test holds it to.</summary>
internal ref struct SignedHeaders(int most)
{
    private readonly SignedHeader[] _headers = new SignedHeader[most];
    private int _count;

    public void Add(HeaderName name, string? value)
    {
        if (value is null)
            return;
        // What can't be sent exactly as signed would only fail later, at storage, as a puzzling 403.
        HeaderText.ThrowIf(HeaderText.FindFault(name.Text, value));
        _headers[_count++] = new(name, value);
    }

    public void AddContentLength(long? length)
    {
        if (length is not { } bytes)
            return;
        if (bytes is < 0 or > SizeLimits.SingleUpload)
            throw new ArgumentException($"ContentLength is {bytes}; a PUT carries 0 to {SizeLimits.SingleUpload} bytes (5 GiB).");
        _headers[_count++] = new(HeaderName.ContentLength, bytes.ToString(CultureInfo.InvariantCulture));
    }

    public void AddChecksum(string? sha256)
    {
        ChecksumText.ThrowUnlessSha256(sha256);
        if (sha256 is not null)
            _headers[_count++] = new(HeaderName.ChecksumSha256, sha256);
    }

    public void AddMetadata(IDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        var sorted = metadata.Select(item => KeyValuePair.Create(MetadataName.AsHeader(item.Key), item.Value)).OrderBy(item => item.Key, StringComparer.Ordinal);
        foreach (var (name, value) in sorted)
            Add(new HeaderName(name), value);
    }

    public void AddTags(IDictionary<string, string> tags) => Add(HeaderName.Tagging, tags.Count == 0 ? null : ObjectTags.AsQuery(tags));

    public readonly SignedHeader[] ToArray() => _count == _headers.Length ? _headers : _headers[.._count];

    /// <summary>How many headers the settings make.</summary>
    public static int CountOf(ObjectSettings settings) =>
        One(settings.Acl) + One(settings.CacheControl) + One(settings.ContentDisposition) + One(settings.ContentEncoding)
        + One(settings.ServerSideEncryption) + One(settings.KmsKeyId) + settings.Metadata.Count + (settings.Tags.Count > 0 ? 1 : 0);

    public static int One<T>(T value) => value is null ? 0 : 1;
}
