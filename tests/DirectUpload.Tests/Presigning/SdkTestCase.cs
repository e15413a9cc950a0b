using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CsCheck;

namespace DirectUpload.Tests.Presigning;

/// <summary>One generated presigning, to be done by the AWS SDK and by us.</summary>
internal sealed record SdkTestCase
{
    public const string Bucket = "example-bucket";

    public required string Key { get; init; }
    public required int Seconds { get; init; }
    public required string? SessionToken { get; init; }
    public required SdkEndpoint Endpoint { get; init; }
    public required string? ContentType { get; init; }
    public required string? Disposition { get; init; }
    public required string? CacheControl { get; init; }
    public required string? VersionId { get; init; }
    public required long? ContentLength { get; init; }
    public required bool OnlyIfNew { get; init; }
    public required string UploadId { get; init; }
    public required int PartNumber { get; init; }
    public required Dictionary<string, string> Metadata { get; init; }

    private static readonly Gen<string> SpecialTexts = Gen.OneOf(
        " ", "+", "'", "=", "%", "%2F", "&", "?", "#", "é", "\u00A0", "日本", "😀", "!", "*", "(", ")", "~", ":", ";", "@", ",", "\"", "\\",
        "<", "|", "{", "$", "\t");

    private static readonly Gen<string> PlainTexts = Gen.String[Gen.Char.AlphaNumeric, 1, 8];

    private static readonly Gen<string> Segment =
        Gen.OneOf(PlainTexts, SpecialTexts, Gen.OneOf(".", "-", "_")).Array[1, 5].Select(string.Concat)
            .Where(text => text is not ("." or ".."));

    // Also "//", a trailing slash, trailing dots: everything but what HTTP clients rewrite.
    private static readonly Gen<string> Keys =
        Gen.Select(Segment, Gen.OneOf(Segment, Gen.Const(string.Empty), Segment.Select(text => text + "...")).Array[0, 3])
            .Select((first, rest) => string.Join('/', rest.Prepend(first)));

    // A header's value: printable US-ASCII, no space at its ends or twice in a row.
    private static readonly Gen<string> HeaderValue = Gen.String[Gen.Char[' ', '~'], 1, 30]
        .Select(text => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(text => text.Length > 0);

    private static readonly Gen<Dictionary<string, string>> MetadataValues =
        Gen.Select(
            Gen.String[Gen.Char["abcdefghijklmnopqrstuvwxyz0123456789-"], 1, 10].Where(name => char.IsAsciiLetter(name[0])), HeaderValue)
            .Array[0, 4].Select(pairs => pairs.GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.First().Item2));

    public static Gen<SdkTestCase> Any { get; } =
        from key in Keys
        from seconds in Gen.Int[1, 604_800]
        from session in OrNull(Gen.OneOf(
            "TOKEN/with+chars==", "a",
            "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI"))
        from endpoint in SdkEndpoint.Any
        from contentType in OrNull(Gen.OneOf(Gen.OneOf("text/plain", "text/html; charset=utf-8", "image/svg+xml"), HeaderValue))
        from disposition in OrNull(
            Gen.OneOf(Gen.OneOf("attachment; filename=\"a'b.txt\"; filename*=UTF-8''%E2%82%AC%20x.txt"), HeaderValue))
        from cacheControl in OrNull(Gen.OneOf("no-store", "private, max-age=60"))
        from versionId in OrNull(Gen.String[Gen.Char["ABCabc012._-"], 1, 40])
        from length in Gen.OneOf(Gen.Const(default(long?)), Gen.Long[0, 5_000_000_000].Select(bytes => (long?)bytes))
        from onlyIfNew in Gen.Bool
        from metadata in MetadataValues
        from uploadId in Gen.String[Gen.Char["ABCabc012._-~+/="], 1, 60]
        from partNumber in Gen.Int[1, 10_000]
        select new SdkTestCase
        {
            Key = key,
            Seconds = seconds,
            SessionToken = session,
            Endpoint = endpoint,
            ContentType = contentType,
            Disposition = disposition,
            CacheControl = cacheControl,
            VersionId = versionId,
            ContentLength = length,
            OnlyIfNew = onlyIfNew,
            Metadata = metadata,
            UploadId = uploadId,
            PartNumber = partNumber,
        };

    public AWSCredentials Credentials => SessionToken is null
        ? new BasicAWSCredentials(AwsExample.AccessKey, AwsExample.SecretKey)
        : new SessionAWSCredentials(AwsExample.AccessKey, AwsExample.SecretKey, SessionToken);

    public GetPreSignedUrlRequest SdkRequest(HttpVerb verb) => new()
    {
        BucketName = Bucket,
        Key = Key,
        Verb = verb,
        Expires = DateTime.UtcNow.AddSeconds(Seconds),
        Protocol = Endpoint.Http ? Protocol.HTTP : Protocol.HTTPS,
    };

    private static Gen<string?> OrNull(Gen<string> gen) => Gen.OneOf(Gen.Const(default(string?)), gen.Select(text => (string?)text));
}

/// <summary>Where a case's bucket is.</summary>
internal sealed record SdkEndpoint(string? Region, string? Url, bool PathStyle, bool Http)
{
    public static Gen<SdkEndpoint> Any { get; } = Gen.OneOf(
        Gen.Select(Gen.OneOf("us-east-1", "us-west-2", "eu-central-1", "ap-southeast-3", "us-gov-west-1", "cn-north-1"), Gen.Bool, Gen.Bool)
            .Select((region, pathStyle, http) => new SdkEndpoint(region, null, pathStyle, http)),
        Gen.Select(
            Gen.OneOf("localhost", "s3.example.com", "127.0.0.1", "[::1]"), Gen.OneOf("", ":80", ":443", ":9000"), Gen.Bool, Gen.Bool)
            .Select(
                (host, port, pathStyle, http) => new SdkEndpoint(null, $"{(http ? "http" : "https")}://{host}{port}", pathStyle, http)));

    public AmazonS3Config Config
    {
        get
        {
            var config = new AmazonS3Config
            {
                ForcePathStyle = PathStyle,
                UseHttp = Http,
                RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            };
            if (Url is not null)
            {
                config.ServiceURL = Url;
                config.AuthenticationRegion = "eu-west-3";
            }
            else
            {
                config.RegionEndpoint = RegionEndpoint.GetBySystemName(Region);
            }

            return config;
        }
    }
}
