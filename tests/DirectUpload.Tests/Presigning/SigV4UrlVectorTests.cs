using DirectUpload.Presigning;
using static DirectUpload.Tests.Presigning.AwsExample;

namespace DirectUpload.Tests.Presigning;

/// <summary>The six URLs of facts/s3.md §1: the first is AWS's own example, the others were computed by two independent signers.</summary>
public sealed class SigV4UrlVectorTests
{
    private static readonly DateTimeOffset Instant = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void PresignUrl_AwsExampleGet_MatchesPublishedUrl() =>
        Sign("GET", "test.txt").Should().Be(
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&"
            + "X-Amz-Expires=86400"
            + "&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");

    [Fact]
    public void PresignUrl_PutWithSignedHeaders_MatchesVector() =>
        Sign("PUT", "test.txt", headers: [Pair("content-length", "11"), Pair("content-type", "text/plain"), Pair("if-none-match", "*")])
            .Should().EndWith("&X-Amz-SignedHeaders=content-length%3Bcontent-type%3Bhost%3Bif-none-match"
                + "&X-Amz-Signature=6510414c38710ce479e7d34236d40e8e8707b729f18e54f7ff192fe840bb49e9");

    [Fact]
    public void PresignUrl_KeyWithSpecialCharacters_IsEscaped() =>
        Sign("GET", "a b+c/é(1)~*'!@=.txt")
            .Should().StartWith("https://examplebucket.s3.amazonaws.com/a%20b%2Bc/%C3%A9%281%29~%2A%27%21%40%3D.txt?")
            .And.EndWith("&X-Amz-Signature=1f78bb8d718027cae25e601a7001fdc79982037ea509b932f20cd60cd53b5a70");

    [Fact]
    public void PresignUrl_SessionToken_IsSignedInTheQuery() =>
        Sign("PUT", "test.txt", headers: [Pair("content-type", "text/plain")], session: "TOKEN/with+chars==")
            .Should().Contain("&X-Amz-Security-Token=TOKEN%2Fwith%2Bchars%3D%3D&")
            .And.EndWith("&X-Amz-Signature=58a606ccb3b4b23d5d2c9a65711d63e79a11f3973456d297eb4d887ff731cf1d");

    [Fact]
    public void PresignUrl_Part_MatchesVector() =>
        Sign("PUT", "test.txt", query: [Pair("partNumber", "1"), Pair("uploadId", "abc+def")])
            .Should().EndWith(
                "&partNumber=1&uploadId=abc%2Bdef&X-Amz-Signature=cacce7e78560efdf9f7f4f8d41d37b600b6106e391a4fa2fc35cc612416c88b9");

    [Fact]
    public void PresignUrl_PathStyleWithPort_MatchesVector() =>
        Sign("PUT", "test.txt", headers: [Pair("content-type", "text/plain")], baseUrl: "http://localhost:9000/examplebucket")
            .Should().StartWith("http://localhost:9000/examplebucket/test.txt?")
            .And.EndWith("&X-Amz-Signature=35834a6b2cfaf4f62b68ff15accd3cc28130796a24b9e713a96e128270b8f91c");

    private static string Sign(
        string method, string key, KeyValuePair<string, string>[]? query = null, KeyValuePair<string, string>[]? headers = null,
        string? session = null, string? baseUrl = null) =>
        SigV4.PresignUrl(new UrlToSign
        {
            Method = method,
            Key = key,
            Query = query ?? [],
            Headers = (headers ?? []).Select(header => new SignedHeader(new HeaderName(header.Key), header.Value)).ToArray(),
            Context = new SigningContext(
                baseUrl is null ? Target : new SigningTarget(Target.Bucket, Target.Region, new Uri(baseUrl)),
                Credentials with { SessionToken = session }, SigningTime.Get(Instant), TimeSpan.FromSeconds(86400)),
        });
}
