using System.Globalization;

namespace DirectUpload.Signing;

/// <summary>Turns a request's wishes into the headers that are signed, sorted as SigV4 wants them.</summary>
internal static class SignedHeaders
{
    public const string ContentLength = "content-length";

    public static List<KeyValuePair<string, string>> For(PutUrlRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>(8);
        var settings = request.Settings;
        Add(headers, "content-type", request.ContentType);
        Add(headers, ContentLength, request.ContentLength?.ToString(CultureInfo.InvariantCulture));
        Add(headers, "x-amz-checksum-sha256", request.ChecksumSha256);
        Add(headers, "if-none-match", request.OnlyIfNew ? "*" : null);
        Add(headers, "cache-control", settings.CacheControl);
        Add(headers, "content-disposition", settings.ContentDisposition);
        Add(headers, "content-encoding", settings.ContentEncoding);
        Add(headers, "x-amz-acl", settings.Acl);
        Add(headers, "x-amz-server-side-encryption", settings.ServerSideEncryption);
        Add(headers, "x-amz-server-side-encryption-aws-kms-key-id", settings.KmsKeyId);
        Add(headers, "x-amz-tagging", settings.Tags.Count == 0 ? null : ObjectTags.AsQuery(settings.Tags));
        foreach (var (name, value) in settings.Metadata)
            Add(headers, MetadataName.AsHeader(name), value);
        headers.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return headers;
    }

    private static void Add(List<KeyValuePair<string, string>> headers, string name, string? value)
    {
        if (value is not null)
            headers.Add(new(name, Sendable(name, value)));
    }

    // What can't be sent exactly as signed would only fail later, at storage, as a puzzling 403.
    private static string Sendable(string name, string value)
    {
        foreach (var c in value)
        {
            if (c is < ' ' or > '~')
            {
                throw new ArgumentException(
                    $"The value of {name} holds the character U+{(int)c:X4}; headers carry printable US-ASCII only. Percent-encode or drop it.");
            }
        }

        if (value.Length == 0 || value[0] == ' ' || value[^1] == ' ' || value.Contains("  ", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The value of {name} is empty, or has spaces at its ends or twice in a row; clients and servers fold those, and the signature breaks.");
        }

        return value;
    }
}
