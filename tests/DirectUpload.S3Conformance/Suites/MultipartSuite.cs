using System.Security.Cryptography;
using System.Text;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>What the suites about multipart uploads share.</summary>
public abstract class MultipartSuite(S3ServerFixture server) : ConformanceSuite(server)
{
    /// <summary>As small as a part that is not the last may be.</summary>
    protected static readonly string FullPart = new('f', 5 * 1024 * 1024);

    protected WireRequest Create() => WireRequest.ForObject("POST", Bucket, Key).WithQuery("uploads", "");

    protected async Task<string> Begin(WireRequest? create = null, string? key = null)
    {
        var answer = await SendAuthorized(create ?? WireRequest.ForObject("POST", Bucket, key ?? Key).WithQuery("uploads", ""));
        answer.ToString().Should().Be("200", "the case cannot begin otherwise");
        return answer.GetElement("UploadId")!;
    }

    protected WireRequest Part(string uploadId, object number, string body = "hello") => WireRequest.ForObject("PUT", Bucket, Key)
        .WithQuery("partNumber", $"{number}").WithQuery("uploadId", uploadId).WithBody(body);

    /// <summary>The part is there before the case begins; its ETag, without quotes.</summary>
    protected async Task<string> StorePart(string uploadId, int number, string body = "hello")
    {
        var answer = await SendAuthorized(Part(uploadId, number, body));
        answer.ToString().Should().Be("200", "the case cannot begin otherwise");
        return answer.ETag!.Trim('"');
    }

    protected WireRequest Upload(string method, string uploadId) =>
        WireRequest.ForObject(method, Bucket, Key).WithQuery("uploadId", uploadId);

    /// <summary>To complete with these parts, each a number and an ETag.</summary>
    protected WireRequest Completion(string uploadId, params (int Number, string ETag)[] parts) =>
        CompletionOf(
            uploadId, string.Concat(parts.Select(p => $"<Part><PartNumber>{p.Number}</PartNumber><ETag>\"{p.ETag}\"</ETag></Part>")));

    protected WireRequest CompletionOf(string uploadId, string partsXml) => Upload("POST", uploadId).WithBody(
        $"<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{partsXml}</CompleteMultipartUpload>");

    /// <summary>An answer and what the key then holds: "200, hello".</summary>
    protected async Task<string> Outcome(WireRequest request)
    {
        var answer = await SendAuthorized(request);
        var stored = await ReadStored();
        return $"{answer}, {(stored.Length > 100 ? $"{stored.Length} bytes" : stored)}";
    }

    protected static byte[] Md5(string text) => Md5(Encoding.UTF8.GetBytes(text));

    internal static byte[] Md5(byte[] bytes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        hash.AppendData(bytes);
        return hash.GetHashAndReset();
    }
}
