using DirectUpload.Presigning;
using DirectUpload.Tests.Fixtures;
using DirectUpload.Tests.Presigning;

namespace DirectUpload.Tests;

/// <summary>
/// Guards that do not depend on time: an operation may allocate at most a fifth more than when its number was measured. Asynchronous
/// methods allocate their state in debug builds only, so each operation has two numbers.
/// </summary>
[Collection(nameof(AllocationTests))]
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
public sealed class AllocationTests
{
    private const string Key = "staging/avatar/01a2047d9eb77792bf040681dcd70515.png";
    private const string ChecksumSha256 = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    private const int PartCount = 100;
    private const int Rounds = 20;

    [Fact]
    public void Presign_Put_StaysWithinTheLimit()
    {
        var issuer = TestIssuer.CreateDefault();

        ShouldAllocate(
            Measure(() => IsCompleted(issuer.PresignAsync(
                new PutUrlRequest { Key = Key, ContentType = "image/png", ContentLength = 123_456, ChecksumSha256 = ChecksumSha256 }))),
            release: 1_400, debug: 1_400);
    }

    [Fact]
    public void Presign_Get_StaysWithinTheLimit()
    {
        var issuer = TestIssuer.CreateDefault();

        ShouldAllocate(
            Measure(() => IsCompleted(issuer.PresignAsync(new GetUrlRequest { Key = Key, ResponseContentType = "image/png" }))),
            release: 1_096, debug: 1_096);
    }

    [Fact]
    public void PresignPost_StaysWithinTheLimit()
    {
        var issuer = TestIssuer.CreateDefault();

        ShouldAllocate(
            Measure(() => IsCompleted(issuer.PresignPostAsync(
                new PostPolicyRequest { Key = Key, ContentType = "image/png", MaxLength = 123_456, ChecksumSha256 = ChecksumSha256 }))),
            release: 2_336, debug: 2_336);
    }

    [Fact]
    public void PresignParts_EachUrl_StaysWithinTheLimit()
    {
        var issuer = TestIssuer.CreateDefault();

        ShouldAllocate(
            Measure(() => IsCompleted(issuer.PresignPartsAsync(
                new PartUrlsRequest { Key = Key, UploadId = "2~abcdefghijklmnopqrstuvwxyz012345", Count = PartCount }))) / PartCount,
            release: 881, debug: 883);
    }

    [Fact]
    public async Task Request_StaysWithinTheLimit()
    {
        await using var host = new UploadHost();
        var request = UploadHost.Request with { ChecksumSha256 = ChecksumSha256 };
        var caller = new UploadCaller { Owner = "ada" };

        ShouldAllocate(
            Measure(() => host.Service.RequestAsync(request, caller).IsCompletedSuccessfully), release: 3_300, debug: 5_200, most: 4_096);
    }

    [Fact]
    public async Task Confirm_StaysWithinTheLimit()
    {
        await using var host = new UploadHost();
        var grants = new Queue<UploadGrant>();
        for (var upload = 0; upload < 2 * Rounds; upload++)
            grants.Enqueue(await host.UploadAsync());

        ShouldAllocate(await MeasureAsync(() => host.ConfirmAsync(grants.Dequeue())), release: 21_392, debug: 26_440);
    }

    [Fact]
    public async Task Confirm_Repeated_StaysWithinTheLimit()
    {
        await using var host = new UploadHost();
        var grant = await host.ReadyAsync();

        ShouldAllocate(await MeasureAsync(() => host.ConfirmAsync(grant)), release: 2_288, debug: 3_064);
    }

    private static void ShouldAllocate(long measured, long release, long debug, long most = long.MaxValue)
    {
#if DEBUG
        _ = (release, most);
        measured.Should().BeLessThanOrEqualTo(debug * 6 / 5);
#else
        _ = debug;
        measured.Should().BeLessThanOrEqualTo(Math.Min(release * 6 / 5, most));
#endif
    }

    private static bool IsCompleted<T>(ValueTask<T> call) => call.IsCompletedSuccessfully;

    // Signatures and requests complete without waiting, so everything is allocated on this thread. The least of several rounds has no part
    // in what is allocated once, such as the tables of the compiler.
    private static long Measure(Func<bool> isCompleted)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var completed = isCompleted();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            completed.Should().BeTrue();
        }

        return least;
    }

    // A confirm continues on other threads, so all of them are counted; no other test runs at the same time.
    private static async Task<long> MeasureAsync(Func<Task> call)
    {
        var least = long.MaxValue;
        for (var round = 0; round < 2 * Rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await call();
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        return least;
    }
}
