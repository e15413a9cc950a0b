namespace DirectUpload.Presigning;

/// <summary>Issues presigned requests, with which a client accesses S3 directly under the application's credentials.</summary>
/// <remarks>
/// Signing is pure computation. A call waits only when the credential provider of the SDK must fetch credentials. Implementations are safe
/// for concurrent use. Source: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
/// </remarks>
/// <example>
/// <code>
/// var put = await issuer.PresignAsync(new PutUrlRequest
/// {
///     Bucket = "my-bucket",
///     Key = "reports/42.pdf",
///     ContentType = "application/pdf",
///     ContentLength = 12_345,
/// });
/// </code>
/// </example>
public interface IPresignedUploadIssuer
{
    /// <summary>Issues one presigned URL.</summary>
    /// <param name="request">
    /// The request: a <see cref="PutUrlRequest"/>, a <see cref="GetUrlRequest"/> or a <see cref="MultipartUrlRequest"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels waiting for credentials.</param>
    /// <returns>The URL, with the method and the headers that the client must send.</returns>
    /// <exception cref="ArgumentException">
    /// A value of the request cannot be signed or sent; the message names the value and the reason.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// No bucket is named or configured; the bucket does not accept SigV4 (a Multi-Region Access Point, a directory bucket); or the
    /// credentials are missing or have expired.
    /// </exception>
    ValueTask<PresignedUrl> PresignAsync(UrlRequest request, CancellationToken cancellationToken = default);

    /// <summary>Issues a presigned HTML form with its POST policy.</summary>
    /// <param name="request">The conditions of the policy.</param>
    /// <param name="cancellationToken">Cancels waiting for credentials.</param>
    /// <returns>The address and the fields of the form.</returns>
    /// <inheritdoc cref="PresignAsync" path="/exception"/>
    ValueTask<PresignedPost> PresignPostAsync(PostPolicyRequest request, CancellationToken cancellationToken = default);

    /// <summary>Issues the presigned URLs of up to 10,000 adjacent parts of one multipart upload.</summary>
    /// <param name="request">The multipart upload and the range of parts.</param>
    /// <param name="cancellationToken">Cancels waiting for credentials.</param>
    /// <returns>The URLs, in the order of the part numbers.</returns>
    /// <inheritdoc cref="PresignAsync" path="/exception"/>
    ValueTask<PresignedParts> PresignPartsAsync(PartUrlsRequest request, CancellationToken cancellationToken = default);
}
