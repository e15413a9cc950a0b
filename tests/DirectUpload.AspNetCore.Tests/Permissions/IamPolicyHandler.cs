using System.Web;

namespace DirectUpload.AspNetCore.Tests.Permissions;

/// <summary>Stands before an S3 server that knows no policies, and refuses what a policy does not allow, as AWS documents it.</summary>
/// <remarks>Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html</remarks>
internal sealed class IamPolicyHandler(IamPolicy policy)
    : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false })
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var (action, onBucket) in await ActionsOfAsync(request, cancellationToken))
        {
            if (!policy.Allows(action, onBucket))
                return Refused(request);
        }

        var answer = await base.SendAsync(request, cancellationToken);
        // Who may not list the bucket may not know what is not there either.
        return answer.StatusCode == HttpStatusCode.NotFound && request.Method.Method is "GET" or "HEAD"
            && !policy.Allows("s3:ListBucket", onBucket: true)
            ? Refused(request)
            : answer;
    }

    private static HttpResponseMessage Refused(HttpRequestMessage request) => new(HttpStatusCode.Forbidden)
    {
        RequestMessage = request,
        Content = new StringContent(
            request.Method.Method == "HEAD" ? "" : "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>", null,
            "application/xml"),
    };

    private static async Task<IReadOnlyList<(string Action, bool OnBucket)>> ActionsOfAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var names = query.AllKeys.Concat(query.GetValues(null) ?? []).ToHashSet();
        var isBucket = request.RequestUri.AbsolutePath.Trim('/').IndexOf('/') < 0;
        return (request.Method.Method, isBucket) switch
        {
            ("POST", true) => [("s3:PutObject", false), .. OfSettings(await FieldsAsync(request, cancellationToken))],
            (var method, true) => [(OfBucket(method, names), true)],
            ("PUT" or "POST", _) => [("s3:PutObject", false), .. OfSource(request), .. OfSettings(
                [.. request.Headers.Select(header => header.Key.ToLowerInvariant())])],
            ("GET" or "HEAD", _) => [(names.Contains("uploadId")
                ? "s3:ListMultipartUploadParts"
                : names.Contains("versionId") ? "s3:GetObjectVersion"
                : "s3:GetObject", false)],
            ("DELETE", _) => [(names.Contains("uploadId")
                ? "s3:AbortMultipartUpload"
                : names.Contains("versionId") ? "s3:DeleteObjectVersion"
                : "s3:DeleteObject", false)],
            _ => throw new InvalidOperationException($"No action is known for {request.Method} {request.RequestUri}."),
        };
    }

    private static string OfBucket(string method, HashSet<string?> names) => (method, names) switch
    {
        ("GET", _) when names.Contains("versions") => "s3:ListBucketVersions",
        ("GET", _) when names.Contains("uploads") => "s3:ListBucketMultipartUploads",
        ("GET", _) when names.Contains("lifecycle") => "s3:GetLifecycleConfiguration",
        ("PUT", _) when names.Contains("lifecycle") => "s3:PutLifecycleConfiguration",
        ("GET" or "HEAD", _) => "s3:ListBucket",
        _ => throw new InvalidOperationException($"No action is known for {method} of a bucket with {string.Join(", ", names)}."),
    };

    private static IEnumerable<(string, bool)> OfSource(HttpRequestMessage request) =>
        request.Headers.TryGetValues("x-amz-copy-source", out var sources)
            ? [(sources.Single().Contains("versionId=", StringComparison.Ordinal) ? "s3:GetObjectVersion" : "s3:GetObject", false)]
            : [];

    private static IEnumerable<(string, bool)> OfSettings(HashSet<string> names)
    {
        if (names.Contains("x-amz-acl") || names.Contains("acl"))
            yield return ("s3:PutObjectAcl", false);
        if (names.Contains("x-amz-tagging") || names.Contains("tagging"))
            yield return ("s3:PutObjectTagging", false);
    }

    private static async Task<HashSet<string>> FieldsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        await request.Content!.LoadIntoBufferAsync(cancellationToken);
        return [.. ((MultipartFormDataContent)request.Content).Select(field => field.Headers.ContentDisposition!.Name!.Trim('"'))];
    }
}
