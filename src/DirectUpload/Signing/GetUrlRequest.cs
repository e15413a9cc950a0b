using DirectUpload.Signing.Checks;

namespace DirectUpload.Signing;

/// <summary>A GET of an object, and what it is served as.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html</remarks>
public sealed record GetUrlRequest : UrlRequest
{
    /// <summary>The exact version in a versioned bucket; null serves the newest.</summary>
    public string? VersionId { get; init; }

    /// <summary>Overrides the <c>Content-Type</c> of the answer.</summary>
    public string? ResponseContentType { get; init; }

    /// <summary>Overrides the <c>Content-Disposition</c> of the answer. ISO-8859-1 without control characters, as all overrides; other characters of a file name go into <c>filename*</c>.</summary>
    public string? ResponseContentDisposition { get; init; }

    /// <summary>Overrides the <c>Cache-Control</c> of the answer.</summary>
    public string? ResponseCacheControl { get; init; }

    internal override string Method => "GET";

    internal override KeyValuePair<string, string>[] Query()
    {
        HeaderText.ThrowIf(HeaderText.FindServedFault(nameof(ResponseCacheControl), ResponseCacheControl)
            ?? HeaderText.FindServedFault(nameof(ResponseContentDisposition), ResponseContentDisposition)
            ?? HeaderText.FindServedFault(nameof(ResponseContentType), ResponseContentType));
        var query = new NamedValues(4);
        query.Add("response-cache-control", ResponseCacheControl);
        query.Add("response-content-disposition", ResponseContentDisposition);
        query.Add("response-content-type", ResponseContentType);
        query.Add("versionId", VersionId);
        return query.ToArray();
    }
}
