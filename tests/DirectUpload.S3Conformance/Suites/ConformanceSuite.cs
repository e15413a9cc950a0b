using System.Runtime.CompilerServices;
using DirectUpload.S3Conformance.Servers;
using DirectUpload.S3Conformance.Table;

namespace DirectUpload.S3Conformance.Suites;

/// <summary>
/// Cases that every S3 server is held to. A case states what AWS answers, in words; where a server has declared a
/// <see cref="Deviation"/> for that case, what was declared must happen instead, and no longer declaring it is then due.
/// </summary>
public abstract class ConformanceSuite(S3ServerFixture server)
{
    protected S3ServerFixture Server => server;
    protected TestSigner Signer => server.Signer;
    protected string Bucket => server.Bucket;

    /// <summary>A key that no other case uses.</summary>
    protected string Key { get; } = $"case-{Guid.NewGuid():N}";

    protected WireRequest Put(string body = "hello") => WireRequest.ForObject("PUT", Bucket, Key).WithBody(body);

    protected WireRequest Get() => WireRequest.ForObject("GET", Bucket, Key);

    protected WireRequest Head() => WireRequest.ForObject("HEAD", Bucket, Key);

    protected Task<WireResponse> Send(WireRequest request) => server.SendAsync(request);

    /// <summary>Sends it with the server's own credentials in the Authorization header.</summary>
    protected Task<WireResponse> SendAuthorized(WireRequest request) => Send(Signer.Authorize(request));

    /// <summary>The object is there before the case begins.</summary>
    protected async Task<WireResponse> Store(string body = "hello", string contentType = "text/plain", string? key = null)
    {
        var put = WireRequest.ForObject("PUT", Bucket, key ?? Key).WithBody(body).WithHeader("content-type", contentType)
            .WithHeader("x-amz-meta-from", "store");
        var answer = await SendAuthorized(put);
        answer.ToString().Should().Be("200", "the case cannot begin otherwise");
        return answer;
    }

    /// <summary>The body under the case's key, or "nothing".</summary>
    protected async Task<string> ReadStored(string? key = null)
    {
        var answer = await SendAuthorized(WireRequest.ForObject("GET", Bucket, key ?? Key));
        return (int)answer.Status == 200 ? answer.Text : "nothing";
    }

    /// <summary>An upload's answer and what the bucket then holds: "200, hello", "403 AccessDenied, nothing".</summary>
    protected async Task<string> SendAndRead(WireRequest request, string? key = null) => $"{await Send(request)}, {await ReadStored(key)}";

    /// <summary>An upload's answer and what a HEAD then says of the header: "200, image/png".</summary>
    protected async Task<string> SendAndReadHeader(WireRequest request, string header) =>
        $"{await Send(request)}, {(await SendAuthorized(Head())).GetHeader(header) ?? "none"}";

    /// <summary>Where sources disagree on the code: "refused, nothing".</summary>
    protected async Task<string> SendRefused(WireRequest request)
    {
        var answer = await Send(request);
        return $"{((int)answer.Status is 400 or 403 ? "refused" : answer.ToString())}, {await ReadStored()}";
    }

    /// <param name="observed">What this server did.</param>
    /// <param name="aws">What AWS does.</param>
    /// <param name="of">The argument, where a theory deviates for some of them only; all of the theory's arguments by default.</param>
    /// <param name="name">The case, by itself.</param>
    protected void Expect(string observed, string aws, string? of = null, [CallerMemberName] string name = "")
    {
        var deviation = DeclaredDeviations.Find(server, name, of ?? Observations.GetArguments());
        var race = deviation is { OnlySometimes: true };
        Observations.Add(this, server, name, of, aws, race ? deviation!.Observed : observed, deviation);
        if (deviation is null)
        {
            observed.Should().Be(aws, "that is how AWS answers");
            return;
        }
        if (race && observed == aws) return;
        observed.Should().NotBe(aws, "a deviation is declared ({0}): remove it, the server does as AWS does", deviation.Reason);
        observed.Should().Be(deviation.Observed, "that is the declared deviation: {0}", deviation.Reason);
    }
}
