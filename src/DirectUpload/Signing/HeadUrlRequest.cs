namespace DirectUpload.Signing;

/// <summary>A HEAD of an object: its size, type and metadata, without its bytes.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html</remarks>
public sealed record HeadUrlRequest : UrlRequest
{
    /// <summary>The exact version in a versioned bucket; null asks for the newest.</summary>
    public string? VersionId { get; init; }

    internal override string Method => "HEAD";

    internal override KeyValuePair<string, string>[] Query() => VersionId is null ? [] : [new("versionId", VersionId)];
}
