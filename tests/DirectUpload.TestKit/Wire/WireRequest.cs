using System.Collections.Immutable;

namespace DirectUpload.TestKit;

/// <summary>Represents a request exactly as it is sent; tests sign it and change it by <c>with</c> and the methods below.</summary>
/// <remarks>The path is percent-encoded; query names and values are not.</remarks>
public sealed record WireRequest(string Method, string Path)
{
    public ImmutableList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>The headers by lower-case name, without Host and Content-Length.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The host and port to send the request to, if not the server's endpoint; also the Host header.</summary>
    public string? Host { get; init; }

    /// <summary>Creates a path-style request for the object <paramref name="key"/> of a bucket.</summary>
    public static WireRequest ForObject(string method, string bucket, string key = "") =>
        new(method, $"/{bucket}{(key.Length == 0 ? "" : "/" + UriEncoding.EncodePath(key))}");

    /// <summary>Creates a virtual-hosted-style request for an object.</summary>
    public static WireRequest ForVirtualHost(string method, string bucket, string suffix, string key = "") =>
        new(method, "/" + UriEncoding.EncodePath(key)) { Host = $"{bucket}.{suffix}" };

    public WireRequest WithHeader(string name, string value) => this with { Headers = Headers.SetItem(name.ToLowerInvariant(), value) };

    public WireRequest WithoutHeader(string name) => this with { Headers = Headers.Remove(name) };

    /// <summary>Adds a query parameter, or replaces its value.</summary>
    public WireRequest WithQuery(string name, string value)
    {
        var pair = KeyValuePair.Create(name, value);
        var at = Query.FindIndex(p => p.Key == name);
        return this with { Query = at < 0 ? Query.Add(pair) : Query.SetItem(at, pair) };
    }

    public WireRequest WithoutQuery(string name) => this with { Query = Query.RemoveAll(p => p.Key == name) };

    public WireRequest WithBody(string text) => this with { Body = System.Text.Encoding.UTF8.GetBytes(text) };

    /// <summary>Adds the checksum of the body, which S3 requires for configuration documents.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is MD5.")]
    public WireRequest WithContentMd5() =>
        WithHeader("content-md5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(Body.Span)));

    /// <summary>The path and query as they are sent.</summary>
    public string Target => Query.IsEmpty ? Path : $"{Path}?{string.Join('&', Query.Select(Encode))}";

    private static string Encode(KeyValuePair<string, string> pair) =>
        $"{UriEncoding.EncodeValue(pair.Key)}={UriEncoding.EncodeValue(pair.Value)}";
}
