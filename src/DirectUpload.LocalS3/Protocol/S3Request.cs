using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>A request in S3's terms.</summary>
internal sealed class S3Request
{
    private readonly HttpContext _http;
    private readonly string? _virtualBucket;

    public S3Request(HttpContext http, VirtualHosts virtualHosts)
    {
        _http = http;
        virtualHosts.TryGetBucket(http.Request.Host.Host, out _virtualBucket);
        Target = RequestTarget.Parse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, _virtualBucket);
    }

    public RequestTarget Target { get; }

    public string Method => _http.Request.Method;

    public string Bucket => Target.Bucket;

    public string Key => Target.Key;

    public QueryParameters Query => Target.Query;

    public IHeaderDictionary Headers => _http.Request.Headers;

    public Stream Body => new ClientBodyStream(_http.Request.Body);

    public long? ContentLength => _http.Request.ContentLength;

    public bool IsPresigned => Query.Has("X-Amz-Signature") || Query.Has("X-Amz-Algorithm") || Query.Has("X-Amz-Credential");

    /// <summary>Where an object of this bucket is, in the style in which the client addressed the bucket.</summary>
    public string LocationOf(string key) => $"{_http.Request.Scheme}://{_http.Request.Host.Value}/" +
        $"{(_virtualBucket is null ? Bucket + "/" : "")}{UriBytes.Encode(key, keepSlash: true)}";

    /// <summary>A header's value, null when it was not sent. Repeated headers are one, joined by commas (RFC 9110, 5.3).</summary>
    public string? Header(string name) =>
        Headers.TryGetValue(name, out StringValues values) && values.Count > 0 ? string.Join(',', values!) : null;

    /// <summary>
    /// An <c>x-amz-*</c> setting from its header or, for a presigned request, from the signed query: S3 takes both.
    /// Checksums are not among them, S3 ignores those in a query.
    /// </summary>
    public string? Setting(string name) => Header(name) ?? (IsPresigned ? Query[name] : null);

    public IEnumerable<KeyValuePair<string, string>> SettingsStartingWith(string prefix)
    {
        var fromQuery = IsPresigned ? Query.Items.Where(item => item.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) : [];
        var fromHeaders = Headers.Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, Header(header.Key)!));
        return fromQuery.Concat(fromHeaders);
    }
}
