namespace DirectUpload.Signing;

/// <summary>A DELETE of an object.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html</remarks>
public sealed record DeleteUrlRequest : UrlRequest
{
    /// <summary>The exact version, deleted for good; null puts a delete marker over the newest in a versioned bucket.</summary>
    public string? VersionId { get; init; }

    internal override string Method => "DELETE";

    internal override KeyValuePair<string, string>[] Query() => VersionId is null ? [] : [new("versionId", VersionId)];
}
