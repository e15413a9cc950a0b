using System.Text;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Represents the resource that a request addresses.</summary>
/// <remarks>It is read from the raw request line, because ASP.NET Core normalizes its path and S3 never does.</remarks>
/// <param name="Bucket">The bucket; empty for a request to the service.</param>
/// <param name="Key">The object's decoded key, otherwise unchanged; empty for a request to the bucket.</param>
/// <param name="CanonicalPath">The path that the signature must cover.</param>
/// <param name="Query">The query.</param>
internal sealed record RequestTarget(string Bucket, string Key, string CanonicalPath, QueryParameters Query)
{
    /// <summary>S3's maximum key length, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <param name="rawTarget">The unchanged target of the request line.</param>
    /// <param name="virtualBucket">The bucket from the host name; null if the path contains the bucket.</param>
    public static RequestTarget Parse(string rawTarget, string? virtualBucket = null)
    {
        var target = rawTarget.AsSpan();
        // A proxy sends the absolute form; Kestrel has already compared its host with the Host header.
        if (!target.StartsWith('/') && target.IndexOf("://") is > 0 and var scheme)
            target = target[(scheme + 3)..] is var rest && rest.IndexOf('/') is >= 0 and var slash ? rest[slash..] : "/";

        var question = target.IndexOf('?');
        var path = question < 0 ? target : target[..question];
        var query = QueryParameters.Parse(question < 0 ? [] : target[(question + 1)..]);
        if (!path.StartsWith('/'))
            throw S3Errors.InvalidUri(rawTarget);

        var text = UriEncoding.DecodeText(path, plusIsSpace: false);
        var canonicalPath = UriEncoding.Encode(text, keepSlash: true);
        var end = virtualBucket is null ? text.IndexOf('/', 1) : 0;
        var bucket = virtualBucket ?? (end < 0 ? text[1..] : text[1..end]);
        var key = end < 0 ? "" : text[(end + 1)..];
        if (key.Length > 0)
            ValidateKey(key);
        return new(bucket, key, canonicalPath, query);
    }

    public static void ValidateKey(string key)
    {
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > MaxKeyBytes)
            throw new S3Exception(400, "KeyTooLongError", "Your key is too long")
                .WithDetail("Size", $"{bytes}").WithDetail("MaxSizeAllowed", $"{MaxKeyBytes}");
        if (key.Contains('\0'))
            throw S3Errors.InvalidArgument("Object keys must not contain NUL", "key", key.Replace("\0", "%00", StringComparison.Ordinal));
    }
}
