using System.Net;
using System.Net.Http.Headers;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Presigning;

namespace DirectUpload.Storage;

/// <summary>Sends presigned requests to a bucket, with the credentials and the endpoint of its SDK client.</summary>
/// <remarks>
/// A response that the caller handles is thrown as the SDK's exception. For any other unexpected response the result is null: only the
/// SDK knows what to do about it.
/// </remarks>
internal sealed class PresignedCalls(SigningContextCache contexts, HttpClient http, TimeProvider clock)
{
    private static readonly HeaderName CopySource = new("x-amz-copy-source");
    private static readonly HeaderName CopySourceIfMatch = new("x-amz-copy-source-if-match");
    private static readonly HeaderName MetadataDirective = new("x-amz-metadata-directive");
    private static readonly HeaderName TaggingDirective = new("x-amz-tagging-directive");

    // Long enough for a clock that is somewhat wrong, and short because URLs may be logged on their way.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    // The signature covers the path as it is, also "//" and "..".
    private static readonly UriCreationOptions AsSigned = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Copies an object.</summary>
    /// <returns>The response; null when the SDK must send the request.</returns>
    /// <exception cref="AmazonS3Exception">There is no source, or a condition is not met.</exception>
    /// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html</remarks>
    public async Task<CopyObjectResponse?> CopyAsync(string bucket, ConditionalCopy copy, CancellationToken cancellationToken)
    {
        using var request = await CreateRequestAsync(
            HttpMethod.Put, copy.DestinationKey, CreateHeaders(bucket, copy), cancellationToken).ConfigureAwait(false);
        request.Content = new ByteArrayContent([]);
        var (content, settings) = (request.Content.Headers, copy.Settings);
        content.TryAddWithoutValidation("Content-Type", copy.ContentType);
        AddIfSet(content, "Content-Disposition", settings.ContentDisposition);
        AddIfSet(content, "Content-Encoding", settings.ContentEncoding);
        AddIfSet(request.Headers, "Cache-Control", settings.CacheControl);
        if (copy.SourceETag is null)
            request.Headers.TryAddWithoutValidation("If-None-Match", "*");

        using var answer = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var xml = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        ThrowIfExpected(answer, xml);
        // An error that occurs after the status was sent is a body of its own kind.
        return answer.StatusCode == HttpStatusCode.OK && CopyResult.TryParse(xml, out var result)
            ? result.ToResponse(GetHeader(answer, "x-amz-version-id"), GetHeader(answer, "x-amz-server-side-encryption"))
            : null;
    }

    /// <summary>Opens a range of an object.</summary>
    /// <returns>The response; null when the SDK must send the request.</returns>
    /// <exception cref="AmazonS3Exception">There is no object, or it has another ETag, or it is empty.</exception>
    public async Task<GetObjectResponse?> GetAsync(GetObjectRequest wanted, CancellationToken cancellationToken)
    {
        using var request = await CreateRequestAsync(HttpMethod.Get, wanted.Key, [], cancellationToken).ConfigureAwait(false);
        request.Headers.Range = new RangeHeaderValue(wanted.ByteRange.Start, wanted.ByteRange.End);
        AddIfSet(request.Headers, "If-Match", wanted.EtagToMatch);

        var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        try
        {
            if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent && GetHeader(answer, "ETag") is { } eTag)
            {
                var response = new GetObjectResponse
                {
                    ETag = eTag,
                    ContentLength = answer.Content.Headers.ContentLength ?? 0,
                    ContentRange = answer.Content.Headers.ContentRange?.ToString(),
                    VersionId = GetHeader(answer, "x-amz-version-id"),
                    ServerSideEncryptionMethod = GetHeader(answer, "x-amz-server-side-encryption"),
                    ResponseStream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
                };
                response.Headers.ContentType = GetContentType(answer);
                answer = null;
                return response;
            }

            if (!answer.IsSuccessStatusCode)
                ThrowIfExpected(answer, await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
            return null;
        }
        finally
        {
            answer?.Dispose();
        }
    }

    private static SignedHeader[] CreateHeaders(string bucket, ConditionalCopy copy)
    {
        var settings = copy.Settings;
        // All headers of S3 must be signed, in the order of their names.
        var headers = new SignedHeaders(SignedHeaders.CountHeaders(settings) + 5);
        headers.Add(HeaderName.Acl, settings.Acl);
        headers.Add(HeaderName.ChecksumAlgorithm, copy.ChecksumAlgorithm);
        headers.Add(CopySource, CreateCopySource(bucket, copy));
        headers.Add(CopySourceIfMatch, copy.SourceETag);
        headers.AddMetadata(settings.Metadata);
        headers.Add(MetadataDirective, "REPLACE");
        headers.Add(HeaderName.ServerSideEncryption, settings.ServerSideEncryption);
        headers.Add(HeaderName.KmsKeyId, settings.KmsKeyId);
        headers.AddTags(settings.Tags);
        headers.Add(TaggingDirective, settings.Tags.Count == 0 ? null : "REPLACE");
        return headers.ToArray();
    }

    private static string CreateCopySource(string bucket, ConditionalCopy copy)
    {
        var key = Uri.EscapeDataString(copy.SourceKey).Replace("%2F", "/", StringComparison.Ordinal);
        return copy.SourceVersionId is { } version
            ? $"{bucket}/{key}?versionId={Uri.EscapeDataString(version)}"
            : $"{bucket}/{key}";
    }

    private async ValueTask<HttpRequestMessage> CreateRequestAsync(
        HttpMethod method, string key, SignedHeader[] headers, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var context = contexts.TryGetCached(Lifetime, now)
            ?? await contexts.CreateAsync(Lifetime, now, cancellationToken).ConfigureAwait(false);
        var url = SigV4.PresignUrl(new UrlToSign { Method = method.Method, Key = key, Headers = headers, Context = context });
        var request = new HttpRequestMessage(method, new Uri(url, AsSigned));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name.Text, value);
        return request;
    }

    private static void ThrowIfExpected(HttpResponseMessage answer, string xml)
    {
        if (CopyResult.ReadErrorCode(xml) is ("NoSuchKey" or "PreconditionFailed" or "InvalidRange") and var code)
        {
            throw new AmazonS3Exception(
                $"Storage answered {(int)answer.StatusCode}.", null, Amazon.Runtime.ErrorType.Sender, code,
                GetHeader(answer, "x-amz-request-id"), answer.StatusCode);
        }
    }

    private static void AddIfSet(HttpHeaders headers, string name, string? value)
    {
        if (value is not null)
            headers.TryAddWithoutValidation(name, value);
    }

    private static string? GetContentType(HttpResponseMessage answer) =>
        answer.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null;

    private static string? GetHeader(HttpResponseMessage answer, string name) =>
        answer.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
