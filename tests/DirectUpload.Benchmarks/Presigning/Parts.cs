using Amazon.S3;
using Amazon.S3.Model;
using BenchmarkDotNet.Attributes;
using DirectUpload.Presigning;

namespace DirectUpload.Benchmarks.Presigning;

/// <summary>
/// The URLs of all parts of the largest multipart upload, 10,000 of them. <see cref="Result"/> makes nothing but texts of that number and
/// length: what the result itself weighs. MinIO's client presigns no parts.
/// </summary>
[MemoryDiagnoser]
public class Parts
{
    private const int Count = 10_000;
    private const string UploadId = "VXBsb2FkIElEIGZvciA2aWWpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZA";

    private readonly PartUrlsRequest _request = new() { Key = Signers.Key, UploadId = UploadId, Count = Count };

    private HashingFloor _floor = null!;
    private int[] _lengths = [];

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var parts = await DirectUpload();
        _lengths = [.. parts.Urls.Select(url => url.Length)];
        // One part stands for all; their requests differ by the digits of the part's number.
        _floor = HashingFloor.Create(new PresignedUrl("PUT", parts.Urls[Count / 2], new Dictionary<string, string>(), parts.ExpiresAt));
    }

    [Benchmark(Baseline = true)]
    public byte Floor()
    {
        for (var part = 1; part < Count; part++)
            _floor.Run();
        return _floor.Run();
    }

    [Benchmark]
    public string[] Result() => Array.ConvertAll(_lengths, static length => new string('x', length));

    [Benchmark]
    public ValueTask<PresignedParts> DirectUpload() => Signers.DirectUpload.PresignPartsAsync(_request);

    [Benchmark]
    public string[] AwsSdk()
    {
        var urls = new string[Count];
        for (var part = 1; part <= Count; part++)
        {
            urls[part - 1] = Signers.AwsSdk.GetPreSignedURL(new GetPreSignedUrlRequest
            {
                BucketName = Signers.Bucket,
                Key = Signers.Key,
                Verb = HttpVerb.PUT,
                Expires = DateTime.UtcNow + Signers.Lifetime,
                UploadId = UploadId,
                PartNumber = part,
            });
        }

        return urls;
    }
}
