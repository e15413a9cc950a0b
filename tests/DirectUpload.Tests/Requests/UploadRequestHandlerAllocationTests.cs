using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;

namespace DirectUpload.Tests.Requests;

/// <summary>
/// Bounds that do not depend on time, so that a later change cannot make requests more expensive unnoticed. Asynchronous methods allocate
/// their state in debug builds only.
/// </summary>
public sealed class UploadRequestHandlerAllocationTests
{
#if DEBUG
    private const long DebugState = 3_000;
#else
    private const long DebugState = 0;
#endif

    private static readonly UploadRequest Request = UploadHost.Request with
    {
        ChecksumSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
    };

    [Fact]
    public async Task Request_Put_AllocatesAtMost4KiB()
    {
        await using var host = new UploadHost();

        Measure(() => host.Service.RequestAsync(Request, new UploadCaller { Owner = "ada" })).Should().BeLessThan(4096 + DebugState);
    }

    [Fact]
    public async Task Signature_Put_AllocatesItsResultOnly()
    {
        var issuer = TestIssuer.CreateDefault();
        var request = new PutUrlRequest { Key = "staging/avatar/01a2047d9eb77792bf040681dcd70515.png", ContentType = "image/png" };
        var url = (await issuer.PresignAsync(request)).Url;

        Measure(() => issuer.PresignAsync(request).AsTask()).Should().BeLessThan((2 * url.Length) + 400);
    }

    // The calls complete without waiting, so everything is allocated on this thread.
    private static long Measure(Func<Task> call)
    {
        for (var warmup = 0; warmup < 20; warmup++)
            call().IsCompletedSuccessfully.Should().BeTrue();
        var least = long.MaxValue;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            _ = call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
