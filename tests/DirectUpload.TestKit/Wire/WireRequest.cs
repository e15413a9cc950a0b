using System.Collections.Immutable;

namespace DirectUpload.TestKit;

/// <summary>
/// A request exactly as it goes over the wire, to be signed and then bent by <c>with</c> and the methods below. The path is
/// percent-encoded already; query names and values are not.
/// </summary>
public sealed record WireRequest(string Method, string Path)
{
    public ImmutableList<KeyValuePair<string, string>> Query { get; init; } = [];

    /// <summary>By lower-case name. Host and a body's length are sent without being listed.</summary>
    public ImmutableSortedDictionary<string, string> Headers { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The Host header (host and port) where it is not the server's own endpoint; it is also where the request goes.</summary>
    public string? Host { get; init; }

    /// <summary>The object <paramref name="key"/> of a bucket, in path style.</summary>
    public static WireRequest For(string method, string bucket, string key = "") =>
        new(method, $"/{bucket}{(key.Length == 0 ? "" : "/" + UriEncoding.Path(key))}");

    /// <summary>The object in virtual-host style: the bucket stands in the host alone.</summary>
    public static WireRequest AtHost(string method, string bucket, string suffix, string key = "") =>
        new(method, "/" + UriEncoding.Path(key)) { Host = $"{bucket}.{suffix}" };

    public WireRequest WithHeader(string name, string value) => this with { Headers = Headers.SetItem(name.ToLowerInvariant(), value) };

    public WireRequest WithoutHeader(string name) => this with { Headers = Headers.Remove(name) };

    /// <summary>Adds the parameter, or replaces its value.</summary>
    public WireRequest WithQuery(string name, string value)
    {
        var pair = KeyValuePair.Create(name, value);
        var at = Query.FindIndex(p => p.Key == name);
        return this with { Query = at < 0 ? Query.Add(pair) : Query.SetItem(at, pair) };
    }

    public WireRequest WithoutQuery(string name) => this with { Query = Query.RemoveAll(p => p.Key == name) };

    public WireRequest WithBody(string text) => this with { Body = System.Text.Encoding.UTF8.GetBytes(text) };

    /// <summary>Configurations are only taken with a checksum of the document.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Content-MD5 is MD5.")]
    public WireRequest WithContentMd5() => WithHeader("content-md5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(Body.Span)));

    /// <summary>The path and query as sent.</summary>
    public string Target => Query.IsEmpty ? Path : $"{Path}?{string.Join('&', Query.Select(Encoded))}";

    private static string Encoded(KeyValuePair<string, string> pair) => $"{UriEncoding.Value(pair.Key)}={UriEncoding.Value(pair.Value)}";
}
