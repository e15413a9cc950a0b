using System.Buffers;
using System.Globalization;

namespace DirectUpload.Signing;

/// <summary>Turns a request's wishes into the headers that are signed, sorted by name as SigV4 wants them.</summary>
internal static class SignedHeaders
{
    public const string ContentLength = "content-length";

    private static readonly SearchValues<char> Printable = SearchValues.Create(Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (char)code).ToArray());

    public static KeyValuePair<string, string>[] For(PutUrlRequest request)
    {
        var settings = request.Settings;
        // Written in their order, so that nothing need be sorted; a test holds them to it.
        var headers = new NamedValues(CountOf(request));
        Add(ref headers, "cache-control", settings.CacheControl);
        Add(ref headers, "content-disposition", settings.ContentDisposition);
        Add(ref headers, "content-encoding", settings.ContentEncoding);
        Add(ref headers, ContentLength, request.ContentLength?.ToString(CultureInfo.InvariantCulture));
        Add(ref headers, "content-type", request.ContentType);
        Add(ref headers, "if-none-match", request.OnlyIfNew ? "*" : null);
        Add(ref headers, "x-amz-acl", settings.Acl);
        Add(ref headers, "x-amz-checksum-sha256", request.ChecksumSha256);
        AddMetadata(ref headers, settings.Metadata);
        Add(ref headers, "x-amz-server-side-encryption", settings.ServerSideEncryption);
        Add(ref headers, "x-amz-server-side-encryption-aws-kms-key-id", settings.KmsKeyId);
        Add(ref headers, "x-amz-tagging", settings.Tags.Count == 0 ? null : ObjectTags.AsQuery(settings.Tags));
        return headers.ToArray();
    }

    private static void AddMetadata(ref NamedValues headers, IDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
            return;
        var sorted = metadata.Select(item => KeyValuePair.Create(MetadataName.AsHeader(item.Key), item.Value)).OrderBy(item => item.Key, StringComparer.Ordinal);
        var before = string.Empty;
        foreach (var (name, value) in sorted)
        {
            if (name == before)
                throw new ArgumentException($"Two metadata names become the one header {name}; names differ by more than case.");
            Add(ref headers, before = name, value);
        }
    }

    private static void Add(ref NamedValues headers, string name, string? value) =>
        headers.Add(name, value is null ? null : Sendable(name, value));

    private static int CountOf(PutUrlRequest request)
    {
        var settings = request.Settings;
        return settings.Metadata.Count
            + One(settings.CacheControl) + One(settings.ContentDisposition) + One(settings.ContentEncoding) + One(request.ContentLength) + One(request.ContentType)
            + (request.OnlyIfNew ? 1 : 0) + One(settings.Acl) + One(request.ChecksumSha256) + One(settings.ServerSideEncryption) + One(settings.KmsKeyId)
            + (settings.Tags.Count > 0 ? 1 : 0);
    }

    private static int One<T>(T value) => value is null ? 0 : 1;

    // What can't be sent exactly as signed would only fail later, at storage, as a puzzling 403.
    private static string Sendable(string name, string value)
    {
        var unprintable = value.AsSpan().IndexOfAnyExcept(Printable);
        if (unprintable >= 0)
        {
            throw new ArgumentException(
                $"The value of {name} holds the character U+{(int)value[unprintable]:X4}; headers carry printable US-ASCII only. Percent-encode or drop it.");
        }

        if (value.Length == 0 || value[0] == ' ' || value[^1] == ' ' || value.Contains("  ", StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"The value of {name} is empty, or has spaces at its ends or twice in a row; clients and servers fold those, and the signature breaks.");
        }

        return value;
    }
}
