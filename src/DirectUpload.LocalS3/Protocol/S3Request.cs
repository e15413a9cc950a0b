using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace DirectUpload.LocalS3.Protocol;

/// <summary>A request in S3's terms.</summary>
internal sealed class S3Request(HttpContext http)
{
    public RequestTarget Target { get; } = RequestTarget.Parse(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);

    public string Method => http.Request.Method;

    public string Bucket => Target.Bucket;

    public string Key => Target.Key;

    public QueryParameters Query => Target.Query;

    public IHeaderDictionary Headers => http.Request.Headers;

    public Stream Body => http.Request.Body;

    public long? ContentLength => http.Request.ContentLength;

    public bool IsPresigned => Query.Has("X-Amz-Signature") || Query.Has("X-Amz-Algorithm") || Query.Has("X-Amz-Credential");

    /// <summary>This server as the client addressed it, without a trailing slash.</summary>
    public string Origin => $"{http.Request.Scheme}://{http.Request.Host.Value}";

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
