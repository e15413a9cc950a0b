using System.Diagnostics;
using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Benchmarks.Reports;
using DirectUpload.Presigning;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// The processor time of the two calls that a confirm needs, a copy and a ranged GET of the copy: by the SDK, and by presigned requests.
/// </summary>
internal static class StorageCalls
{
    public const string Switch = "storage-calls";

    private const int RoundCount = 9;
    private const int CallsPerRound = 400;
    private const int RangeLength = 64 * 1024;
    private const string SourceKey = "staging/note.txt";
    private const string CopyKey = "final/note.txt";
    private const string ContentType = "text/plain";
    private const string Disposition = "attachment; filename=\"note.txt\"";

    private static readonly HeaderName CopySource = new("x-amz-copy-source");
    private static readonly HeaderName CopySourceIfMatch = new("x-amz-copy-source-if-match");
    private static readonly HeaderName MetadataDirective = new("x-amz-metadata-directive");

    public static async Task RunAsync(string[] options)
    {
        using var folder = new TemporaryFolder();
        await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
        using var s3 = StorageProcess.CreateClient(storage.Address);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        var source = await s3.PutObjectAsync(new PutObjectRequest
        {
            BucketName = StorageProcess.Bucket,
            Key = SourceKey,
            ContentType = ContentType,
            ContentBody = new string('x', 10_000),
        });
        var bucket = new BucketConnection(StorageProcess.Bucket, s3, publicEndpoint: null, registered: null, NullLogger.Instance);
        Func<Task>[] ways = [() => CallBySdkAsync(s3, source.ETag), () => CallPresignedAsync(http, bucket.SigningContexts, source.ETag)];
        var results = Array.ConvertAll(ways, static _ => new List<double>());
        foreach (var way in ways)
            await MeasureAsync(way);
        for (var round = 0; round < RoundCount; round++)
        {
            for (var place = 0; place < ways.Length; place++)
            {
                var way = (place + round) % ways.Length;
                results[way].Add(await MeasureAsync(ways[way]));
            }
        }

        var report = new Report(Switch, options);
        report.Add("| copy and ranged GET | processor time | relative to the SDK |");
        report.Add("|---|--:|--:|");
        report.Add(string.Create(CultureInfo.InvariantCulture, $"| AWSSDK.S3 | {results[0].Median():N3} ms | 1.00 |"));
        report.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"| presigned requests over `HttpClient` | {results[1].Median():N3} ms | {results[1].MedianRatio(results[0]):N2} |"));
        await report.SaveAsync();
    }

    private static async Task<double> MeasureAsync(Func<Task> call)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        for (var number = 0; number < CallsPerRound; number++)
            await call();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds / CallsPerRound;
    }

    private static async Task CallBySdkAsync(AmazonS3Client s3, string sourceETag)
    {
        var copy = await s3.CopyObjectAsync(new CopyObjectRequest
        {
            SourceBucket = StorageProcess.Bucket,
            SourceKey = SourceKey,
            ETagToMatch = sourceETag,
            DestinationBucket = StorageProcess.Bucket,
            DestinationKey = CopyKey,
            MetadataDirective = S3MetadataDirective.REPLACE,
            ContentType = ContentType,
            Headers = { ContentDisposition = Disposition },
        });
        using var begin = await s3.GetObjectAsync(new GetObjectRequest
        {
            BucketName = StorageProcess.Bucket,
            Key = CopyKey,
            EtagToMatch = copy.ETag,
            ByteRange = new ByteRange(0, RangeLength - 1),
            ChecksumMode = ChecksumMode.ENABLED,
        });
        await begin.ResponseStream.CopyToAsync(Stream.Null);
    }

    private static async Task CallPresignedAsync(HttpClient http, SigningContextCache contexts, string sourceETag)
    {
        var eTag = await CopyAsync(http, contexts, sourceETag);
        using var get = await CreateRequestAsync(
            contexts, HttpMethod.Get, CopyKey, [new(new HeaderName("x-amz-checksum-mode"), "ENABLED")]);
        get.Headers.TryAddWithoutValidation("If-Match", eTag);
        get.Headers.Range = new(0, RangeLength - 1);
        using var answer = (await http.SendAsync(get, HttpCompletionOption.ResponseHeadersRead)).EnsureSuccessStatusCode();
        await answer.Content.CopyToAsync(Stream.Null);
    }

    private static async Task<string> CopyAsync(HttpClient http, SigningContextCache contexts, string sourceETag)
    {
        using var copy = await CreateRequestAsync(
            contexts, HttpMethod.Put, CopyKey,
            [
                new(HeaderName.ContentDisposition, Disposition), new(HeaderName.ContentType, ContentType),
                new(CopySource, $"{StorageProcess.Bucket}/{SourceKey}"), new(CopySourceIfMatch, sourceETag),
                new(MetadataDirective, "REPLACE"),
            ]);
        using var answer = (await http.SendAsync(copy)).EnsureSuccessStatusCode();
        var xml = await answer.Content.ReadAsStringAsync();
        // An error after the status was sent comes as a body of its own kind.
        return xml.Contains("<CopyObjectResult", StringComparison.Ordinal)
            ? GetElement(xml, "ETag").Replace("&quot;", "\"", StringComparison.Ordinal)
            : throw new InvalidOperationException(xml);
    }

    private static async Task<HttpRequestMessage> CreateRequestAsync(
        SigningContextCache contexts, HttpMethod method, string key, SignedHeader[] headers)
    {
        var now = DateTimeOffset.UtcNow;
        var context = contexts.TryGetCached(null, now) ?? await contexts.CreateAsync(null, now, CancellationToken.None);
        var url = SigV4.PresignUrl(new UrlToSign { Method = method.Method, Key = key, Headers = headers, Context = context });
        var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Put)
            request.Content = new ByteArrayContent([]);
        foreach (var header in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name.Text, header.Value))
                request.Content!.Headers.TryAddWithoutValidation(header.Name.Text, header.Value);
        }

        return request;
    }

    private static string GetElement(string xml, string name)
    {
        var start = xml.IndexOf($"<{name}>", StringComparison.Ordinal) + name.Length + 2;
        return xml[start..xml.IndexOf($"</{name}>", StringComparison.Ordinal)];
    }
}
