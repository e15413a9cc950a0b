using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>Represents an HTTP request as an S3 request.</summary>
internal sealed class S3Request
{
    private readonly HttpContext _context;
    private readonly string? _virtualBucket;

    public S3Request(HttpContext http, VirtualHosts virtualHosts)
    {
        _context = http;
        virtualHosts.TryGetBucket(http.Request.Host.Host, out _virtualBucket);
        Target = RequestTarget.Parse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget, _virtualBucket);
    }

    public RequestTarget Target { get; }

    public string Method => _context.Request.Method;

    public string Bucket => Target.Bucket;

    public string Key => Target.Key;

    public QueryParameters Query => Target.Query;

    public IHeaderDictionary Headers => _context.Request.Headers;

    public Stream Body => _context.Request.Body;

    public long? ContentLength => _context.Request.ContentLength;

    public bool IsPresigned => Query.Contains("X-Amz-Signature") || Query.Contains("X-Amz-Algorithm") || Query.Contains("X-Amz-Credential");

    /// <summary>Returns the URL of an object in this bucket, in the addressing style of the request.</summary>
    public string GetLocation(string key) => $"{_context.Request.Scheme}://{_context.Request.Host.Value}/" +
        $"{(_virtualBucket is null ? Bucket + "/" : "")}{UriEncoding.Encode(key, keepSlash: true)}";

    /// <summary>Returns a header's value, or null; repeated headers are joined with commas (RFC 9110, 5.3).</summary>
    public string? GetHeader(string name) =>
        Headers.TryGetValue(name, out StringValues values) && values.Count > 0 ? string.Join(',', values!) : null;

    /// <summary>Returns an <c>x-amz-*</c> setting from its header or, for a presigned request, from the signed query.</summary>
    /// <remarks>S3 accepts both, except for checksums, which it ignores in a query.</remarks>
    public string? GetSetting(string name) => GetHeader(name) ?? (IsPresigned
        ? Query.Items.FirstOrDefault(item => item.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value : null);

    public IEnumerable<KeyValuePair<string, string>> GetSettings(string prefix)
    {
        var fromQuery = IsPresigned ? Query.Items.Where(item => item.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)) : [];
        var fromHeaders = Headers.Where(header => header.Key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .Select(header => KeyValuePair.Create(header.Key, GetHeader(header.Key)!));
        return fromQuery.Concat(fromHeaders);
    }
}
