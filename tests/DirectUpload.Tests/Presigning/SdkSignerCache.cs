using System.Globalization;
using Amazon.S3;
using Amazon.S3.Model;
using DirectUpload.Presigning;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.Tests.Presigning;

/// <summary>
/// An SDK client and our issuer over it for each endpoint and credential of the generated cases: making one costs more than signing.
/// </summary>
internal sealed class SdkSignerCache : IDisposable
{
    private readonly Dictionary<(SdkEndpoint, string?), SdkSignerPair> _signers = [];

    public SdkSignerPair Get(SdkTestCase example)
    {
        if (!_signers.TryGetValue((example.Endpoint, example.SessionToken), out var signer))
            _signers.Add((example.Endpoint, example.SessionToken), signer = new SdkSignerPair(example));
        return signer;
    }

    public void Dispose()
    {
        foreach (var signer in _signers.Values)
            signer.Dispose();
    }
}

internal sealed class SdkSignerPair : TimeProvider, IDisposable
{
    private readonly AmazonS3Client _client;
    private readonly PresignedUploadIssuer _issuer;
    private DateTimeOffset _now;

    public SdkSignerPair(SdkTestCase example)
    {
        _client = new AmazonS3Client(example.Credentials, example.Endpoint.Config);
        _issuer = new(
            new BucketConnections(SdkTestCase.Bucket, name => new BucketConnection(name, _client, null, null, NullLogger.Instance)), this);
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public SignedUrl PresignWithSdk(GetPreSignedUrlRequest request) => SignedUrl.Parse(_client.GetPreSignedURL(request));

    /// <summary>
    /// Issued at their instant, for as long as theirs: the SDK counts the seconds to an instant, by a clock that moves on meanwhile.
    /// </summary>
    public T PresignWithIssuer<T>(SignedUrl theirs, Func<IPresignedUploadIssuer, TimeSpan, ValueTask<T>> issue)
    {
        _now = DateTimeOffset.ParseExact(theirs.Date, SigningTime.Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        return issue(_issuer, TimeSpan.FromSeconds(int.Parse(theirs.Expires, CultureInfo.InvariantCulture)))
            .AsTask().GetAwaiter().GetResult();
    }

    /// <returns>1, the number of requests compared.</returns>
    public int Compare(GetPreSignedUrlRequest request, Func<TimeSpan, UrlRequest> ours)
    {
        var theirs = PresignWithSdk(request);
        var issued = PresignWithIssuer(theirs, (issuer, lifetime) => issuer.PresignAsync(ours(lifetime)));
        var canonical = SignedUrl.Parse(issued.Url).Canonical;
        if (canonical != theirs.Canonical)
            canonical.Should().Be(theirs.Canonical);
        return 1;
    }

    public void Dispose() => _client.Dispose();
}
