using System.Text;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>What a request is about, read from the raw request line: ASP.NET's own path is normalised, and S3's never is.</summary>
/// <param name="Bucket">The bucket; empty for the service itself.</param>
/// <param name="Key">The object's key, decoded and otherwise untouched; empty for the bucket itself.</param>
/// <param name="CanonicalPath">The path as it must have been signed.</param>
/// <param name="Query">The query.</param>
internal sealed record RequestTarget(string Bucket, string Key, string CanonicalPath, QueryParameters Query)
{
    /// <summary>S3's limit on a key, in bytes of UTF-8.</summary>
    public const int MaxKeyBytes = 1024;

    /// <param name="rawTarget">The target as it stands in the request line.</param>
    /// <param name="virtualBucket">The bucket that the host named; null when the path names it.</param>
    public static RequestTarget Parse(string rawTarget, string? virtualBucket = null)
    {
        var target = rawTarget.AsSpan();
        // A proxy's absolute form: the host in it has already been held to the Host header by Kestrel.
        if (!target.StartsWith('/') && target.IndexOf("://") is > 0 and var scheme)
            target = target[(scheme + 3)..] is var rest && rest.IndexOf('/') is >= 0 and var slash ? rest[slash..] : "/";

        var question = target.IndexOf('?');
        var path = question < 0 ? target : target[..question];
        var query = QueryParameters.Parse(question < 0 ? [] : target[(question + 1)..]);
        if (!path.StartsWith('/'))
            throw S3Errors.InvalidUri(rawTarget);

        var text = UriBytes.DecodeText(path, plusIsSpace: false);
        var canonicalPath = UriBytes.Encode(text, keepSlash: true);
        var end = virtualBucket is null ? text.IndexOf('/', 1) : 0;
        var bucket = virtualBucket ?? (end < 0 ? text[1..] : text[1..end]);
        var key = end < 0 ? "" : text[(end + 1)..];
        if (key.Length > 0)
            CheckKey(key);
        return new(bucket, key, canonicalPath, query);
    }

    public static void CheckKey(string key)
    {
        var bytes = Encoding.UTF8.GetByteCount(key);
        if (bytes > MaxKeyBytes)
            throw new S3Exception(400, "KeyTooLongError", "Your key is too long")
                .With("Size", $"{bytes}").With("MaxSizeAllowed", $"{MaxKeyBytes}");
        if (key.Contains('\0'))
            throw S3Errors.InvalidArgument("Object keys must not contain NUL", "key", key.Replace("\0", "%00", StringComparison.Ordinal));
    }
}
