using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DirectUpload.Presigning;

/// <summary>Represents one request of a multipart upload: create, upload a part, list the parts, complete, or abort.</summary>
/// <remarks>
/// The methods of this class create the requests; <see cref="PartUrlsRequest"/> presigns many parts at once.
/// Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
/// </remarks>
public sealed class MultipartUrlRequest : UrlRequest
{
    private readonly Func<KeyValuePair<string, string>[]> _query;
    private readonly Func<SignedHeader[]> _headers;

    [SetsRequiredMembers]
    private MultipartUrlRequest(string method, string key, Func<KeyValuePair<string, string>[]> query, Func<SignedHeader[]>? headers = null)
    {
        Method = method;
        Key = key;
        _query = query;
        _headers = headers ?? (() => []);
    }

    internal override string Method { get; }

    /// <summary>Creates the POST that starts a multipart upload and returns its id.</summary>
    /// <param name="key">The exact object key: 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="contentType">The exact <c>Content-Type</c> to send; when null, the type is not signed.</param>
    /// <param name="checksumAlgorithm">
    /// The checksum algorithm of the parts, such as <c>SHA256</c> or <c>CRC32</c>; null for the default of the storage.
    /// </param>
    /// <param name="settings">Further settings of the stored object; null for none.</param>
    /// <returns>The request. All values are signed as headers and apply to the whole object.</returns>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html</remarks>
    public static MultipartUrlRequest Create(
        string key, string? contentType = null, string? checksumAlgorithm = null, ObjectSettings? settings = null) =>
        new(
            "POST", key, () => [new("uploads", string.Empty)],
            () => MultipartHeaders.Create(contentType, checksumAlgorithm, settings ?? new ObjectSettings()));

    /// <summary>Creates the PUT that uploads one part.</summary>
    /// <param name="key">The exact object key: 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="uploadId">The id that CreateMultipartUpload returned.</param>
    /// <param name="partNumber">The part number: 1 to 10,000.</param>
    /// <param name="contentLength">
    /// The exact size of the part, in bytes, at most 5 GiB; when null, the size is not signed. All parts but the last have at least 5 MiB.
    /// </param>
    /// <param name="checksumSha256">
    /// The SHA-256 of the part as base64; the multipart upload must have been created with this algorithm. When null, the checksum is not
    /// signed.
    /// </param>
    /// <returns>The request.</returns>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html</remarks>
    public static MultipartUrlRequest UploadPart(
        string key, string uploadId, int partNumber, long? contentLength = null, string? checksumSha256 = null) =>
        new("PUT", key, () => GetPartQuery(uploadId, partNumber), () => MultipartHeaders.CreateForPart(contentLength, checksumSha256));

    /// <summary>Creates the GET that lists the uploaded parts.</summary>
    /// <param name="key">The exact object key: 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="uploadId">The id that CreateMultipartUpload returned.</param>
    /// <param name="maxParts">The maximum number of parts in one response: 1 to 1,000; null for 1,000.</param>
    /// <param name="partNumberMarker">The part number after which the list starts, 0 to 10,000; null for the first part.</param>
    /// <returns>The request.</returns>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html</remarks>
    public static MultipartUrlRequest ListParts(string key, string uploadId, int? maxParts = null, int? partNumberMarker = null) =>
        new("GET", key, () => GetListQuery(uploadId, maxParts, partNumberMarker));

    /// <summary>Creates the POST that completes a multipart upload; the client sends part numbers and ETags as XML.</summary>
    /// <param name="key">The exact object key: 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="uploadId">The id that CreateMultipartUpload returned.</param>
    /// <param name="onlyIfNew">Whether to sign <c>If-None-Match: *</c>: the request fails (412) when an object exists at the key.</param>
    /// <returns>The request.</returns>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html</remarks>
    public static MultipartUrlRequest Complete(string key, string uploadId, bool onlyIfNew = false) =>
        new("POST", key, () => GetIdQuery(uploadId), () => onlyIfNew ? [new(HeaderName.IfNoneMatch, "*")] : []);

    /// <summary>Creates the DELETE that aborts a multipart upload and deletes its parts.</summary>
    /// <param name="key">The exact object key: 1 to 1,024 bytes of UTF-8.</param>
    /// <param name="uploadId">The id that CreateMultipartUpload returned.</param>
    /// <returns>The request.</returns>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html</remarks>
    public static MultipartUrlRequest Abort(string key, string uploadId) => new("DELETE", key, () => GetIdQuery(uploadId));

    internal override KeyValuePair<string, string>[] GetQuery() => _query();

    internal override SignedHeader[] GetHeaders() => _headers();

    private static KeyValuePair<string, string>[] GetIdQuery(string uploadId) => [new("uploadId", MultipartId.Validate(uploadId))];

    private static KeyValuePair<string, string>[] GetPartQuery(string uploadId, int number)
    {
        PartNumbers.ThrowIfOutOfRange(number, number);
        return [new("partNumber", number.ToString(CultureInfo.InvariantCulture)), new("uploadId", MultipartId.Validate(uploadId))];
    }

    private static KeyValuePair<string, string>[] GetListQuery(string uploadId, int? maxParts, int? marker)
    {
        if (maxParts is < 1 or > 1000)
            throw new ArgumentException($"MaxParts is {maxParts}; S3 lists 1 to 1,000 parts at a time. Choose a number in this range.");
        if (marker is < 0 or > PartNumbers.Max)
            throw new ArgumentException($"PartNumberMarker is {marker}; it must be 0 to {PartNumbers.Max}.");
        var query = new QueryParameterList(3);
        query.Add("max-parts", maxParts?.ToString(CultureInfo.InvariantCulture));
        query.Add("part-number-marker", marker?.ToString(CultureInfo.InvariantCulture));
        query.Add("uploadId", MultipartId.Validate(uploadId));
        return query.ToArray();
    }
}
