using System.Web;

namespace DirectUpload.AspNetCore.Tests.Hosting;

/// <summary>Counts the S3 calls of an SDK client by the names of S3's API.</summary>
internal sealed class S3CallCounter() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false })
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    /// <summary>The calls since the last <see cref="Reset"/>, such as "CopyObject 1, HeadObject 2".</summary>
    public string Summary
    {
        get
        {
            lock (counts)
                return string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        }
    }

    public void Reset()
    {
        lock (counts)
            counts.Clear();
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = GetName(request);
        lock (counts)
            counts[call] = counts.GetValueOrDefault(call) + 1;
        return base.SendAsync(request, cancellationToken);
    }

    private static string GetName(HttpRequestMessage request)
    {
        var query = HttpUtility.ParseQueryString(request.RequestUri!.Query);
        var names = query.AllKeys.Concat(query.GetValues(null) ?? []).ToHashSet();
        var isBucket = request.RequestUri.AbsolutePath.Trim('/').IndexOf('/') < 0;
        return request.Method.Method switch
        {
            "GET" when names.Contains("uploads") => "ListMultipartUploads",
            "POST" when names.Contains("uploads") => "CreateMultipartUpload",
            "GET" when names.Contains("uploadId") => "ListParts",
            "POST" when names.Contains("uploadId") => "CompleteMultipartUpload",
            "DELETE" when names.Contains("uploadId") => "AbortMultipartUpload",
            "PUT" when request.Headers.Contains("x-amz-copy-source") => "CopyObject",
            "HEAD" when isBucket => "HeadBucket",
            "GET" when names.Contains("versions") => "ListObjectVersions",
            "GET" when names.Contains("versioning") => "GetBucketVersioning",
            "GET" when isBucket => "ListObjects",
            "GET" => "GetObject",
            "HEAD" => "HeadObject",
            "PUT" => "PutObject",
            "DELETE" => "DeleteObject",
            var method => throw new InvalidOperationException($"No name is known for {method} {request.RequestUri}."),
        };
    }
}
