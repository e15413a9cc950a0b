namespace DirectUpload.Signing;

/// <summary>
/// Issues presigned requests: permissions, signed with the application's credentials, that let a client talk to S3 directly. Signing is pure
/// computation; at most the credentials are awaited, when the SDK's provider has to fetch them. Safe for concurrent use.
/// </summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html</remarks>
public interface IPresignedUploadIssuer
{
    /// <summary>Issues one presigned URL, for whatever the request is: a PUT, a GET, a part.</summary>
    /// <exception cref="ArgumentException">The request asks for something that can't be signed or sent; the message says what.</exception>
    /// <exception cref="InvalidOperationException">
    /// No bucket is named and none is configured, it takes no SigV4 (a multi-Region access point, a directory bucket), or the credentials have expired.
    /// </exception>
    ValueTask<PresignedUrl> PresignAsync(UrlRequest request, CancellationToken cancellationToken = default);

    /// <summary>Issues a POST policy and the form that goes with it.</summary>
    /// <inheritdoc cref="PresignAsync" path="/exception"/>
    ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Issues the presigned PUTs of many parts in one go, up to 10,000.</summary>
    /// <inheritdoc cref="PresignAsync" path="/exception"/>
    ValueTask<PresignedParts> PresignPartsAsync(PartUrlsRequest request, CancellationToken cancellationToken = default);
}
