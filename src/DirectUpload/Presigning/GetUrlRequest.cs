using DirectUpload.Presigning.Checks;

namespace DirectUpload.Presigning;

/// <summary>Represents the GET or HEAD of an object, and the headers of its response.</summary>
/// <remarks>
/// Response headers are ISO-8859-1 without control characters; write other characters of a file name as <c>filename*</c> (RFC 6266).
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
/// </remarks>
public sealed class GetUrlRequest : UrlRequest
{
    /// <summary>Gets or sets whether the URL is for HEAD, which returns the headers without the content.</summary>
    /// <value>Default false: the URL is for GET.</value>
    public bool HeadersOnly { get; set; }

    /// <summary>Gets or sets the version in a versioned bucket.</summary>
    /// <value>Default null: the latest version.</value>
    public string? VersionId { get; set; }

    /// <summary>Gets or sets the <c>Content-Type</c> of the response.</summary>
    /// <value>Default null: the type of the stored object.</value>
    public string? ResponseContentType { get; set; }

    /// <summary>Gets or sets the <c>Content-Disposition</c> of the response.</summary>
    /// <value>Default null: that of the stored object.</value>
    public string? ResponseContentDisposition { get; set; }

    /// <summary>Gets or sets the <c>Cache-Control</c> of the response.</summary>
    /// <value>Default null: that of the stored object.</value>
    public string? ResponseCacheControl { get; set; }

    internal override string Method => HeadersOnly ? "HEAD" : "GET";

    internal override KeyValuePair<string, string>[] GetQuery()
    {
        HeaderText.ThrowIfError(HeaderText.FindResponseHeaderError(nameof(ResponseCacheControl), ResponseCacheControl)
            ?? HeaderText.FindResponseHeaderError(nameof(ResponseContentDisposition), ResponseContentDisposition)
            ?? HeaderText.FindResponseHeaderError(nameof(ResponseContentType), ResponseContentType));
        var query = new QueryParameterList(4);
        query.Add("response-cache-control", ResponseCacheControl);
        query.Add("response-content-disposition", ResponseContentDisposition);
        query.Add("response-content-type", ResponseContentType);
        query.Add("versionId", VersionId);
        return query.ToArray();
    }
}
