using DirectUpload.Uploads;

namespace DirectUpload.Signing;

/// <summary>
/// What a presigned PUT is to allow. Everything stated here is signed as a header, so storage refuses (403) a client that sends
/// anything else, or leaves it out.
/// </summary>
public sealed record PutUrlRequest
{
    /// <summary>The bucket; null means the configured default.</summary>
    public string? Bucket { get; init; }

    /// <summary>The exact object key: 1 to 1,024 bytes of UTF-8.</summary>
    public required string Key { get; init; }

    /// <summary>The exact <c>Content-Type</c> to be sent; null leaves it open.</summary>
    public string? ContentType { get; init; }

    /// <summary>
    /// The exact size in bytes, 0 to 5 GiB; null leaves it open (a PUT knows no range: use a POST policy for one). Browsers send the length
    /// by themselves, so it is signed but not among the <see cref="PresignedPut.Headers"/> that a client must set.
    /// </summary>
    public long? ContentLength { get; init; }

    /// <summary>The SHA-256 of the bytes as base64; storage verifies it (AWS does, Ceph RGW 16 does not).</summary>
    public string? ChecksumSha256 { get; init; }

    /// <summary>Signs <c>If-None-Match: *</c>: the PUT succeeds only while nothing is at the key. Default false.</summary>
    public bool OnlyIfNew { get; init; }

    /// <summary>What else to tell storage about the object.</summary>
    public ObjectSettings Settings { get; init; } = new();

    /// <summary>How long the URL works: 1 second to 7 days; null means 15 minutes. Cut short by the credentials' own life.</summary>
    public TimeSpan? Lifetime { get; init; }
}
