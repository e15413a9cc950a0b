using System.Collections.Concurrent;

namespace DirectUpload.Client.Tests.Wire;

/// <summary>
/// Five hundred uploads over lines that break, to the application and to storage. <c>DIRECTUPLOAD_SEED</c> repeats a run's faults.
/// </summary>
public sealed class DirectUploadClientUnreliableConnectionTests(ITestOutputHelper output)
{
    private const int Uploads = 500;
    private const int Concurrency = 8;
    private const int MaxResumes = 20;

    private static readonly (string Profile, FileUploadMethod? Method)[] ProfilesAndMethods =
    [
        ("put", null), ("put", FileUploadMethod.Multipart), ("post", null), ("parts", null), ("in-place", null),
    ];

    [Fact]
    public async Task Upload_UnreliableConnections_AllSucceedUncorrupted()
    {
        var seed = Environment.GetEnvironmentVariable("DIRECTUPLOAD_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"DIRECTUPLOAD_SEED={seed}");
        FaultInjectingProxy? toStorage = null;
        await using var stage = await TestEnvironment.StartAsync(
            new() { PublicStorageEndpoint = itself => (toStorage ??= new FaultInjectingProxy(() => itself, seed)).Endpoint });
        await using var toApplication = new FaultInjectingProxy(() => stage.ApplicationEndpoint, seed + 1);
        var client = stage.CreateClient(options =>
        {
            options.ServerAddress = new Uri(toApplication.Endpoint, "/uploads");
            (options.StallTimeout, options.RequestTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        });
        var errors = new ConcurrentBag<DirectUploadException>();

        await Parallel.ForEachAsync(
            Enumerable.Range(0, Uploads), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (number, stop) =>
            {
                var random = new Random(CreateSeed(seed, number));
                var (profile, method) = ProfilesAndMethods[random.Next(ProfilesAndMethods.Length)];
                var bytes = TestData.CreateBytes(CreateSize(random, profile), random.Next());
                using var file = new TemporaryFile(bytes);
                var request = TestData.CreateRequest(profile) with { Method = method };
                FileUploadState? state = null;
                for (var resumes = 0; ; resumes++)
                {
                    try
                    {
                        var result = state is null
                            ? await client.UploadAsync(number % 3 == 0
                                ? FileUploadSource.FromStream(TestData.CreateForwardOnlyStream(bytes), length: bytes.Length)
                                : file.Source, request, cancellationToken: stop)
                            : await client.ResumeAsync(state, file.Source, cancellationToken: stop);
                        result.ChecksumSha256.Should().Be(TestData.ComputeChecksum(bytes));
                        (await stage.GetStoredChecksumAsync(result.Id)).Should().Be(
                            result.ChecksumSha256,
                            $"upload {number} of seed {seed}, {profile} {method}, {bytes.Length} bytes, is what was sent");
                        return;
                    }
                    catch (DirectUploadException interrupted)
                        when (interrupted.Code == FileUploadErrorCodes.Interrupted && resumes < MaxResumes)
                    {
                        errors.Add(interrupted);
                        state = interrupted.State;
                    }
                }
            });

        await toStorage!.DisposeAsync();
        output.WriteLine(
            $"{toApplication.Faults} connections to the application and {toStorage.Faults} to storage went wrong; {errors.Count} " +
            "uploads were interrupted.");
        toApplication.Faults.Should().BeGreaterThan(30);
        toStorage.Faults.Should().BeGreaterThan(50);
        errors.Count.Should().BeLessThan(Uploads / 10, "what may pass is ridden out");
    }

    private static int CreateSeed(int seed, int number) => unchecked((seed * 397) + number);

    // A line that breaks every few megabytes lets nothing larger through in one piece.
    private static int CreateSize(Random random, string profile) => random.Next(100) switch
    {
        < 5 => 0,
        < 70 => random.Next(1, 200_000),
        < 94 => random.Next(200_000, 2_000_000),
        _ when profile != "parts" => random.Next(2_000_000, 4_000_000),
        _ => random.Next(TestProfiles.PartSize, 2 * TestProfiles.PartSize + 1000),
    };
}
