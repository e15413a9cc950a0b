using System.Collections.Concurrent;

namespace DirectUpload.Client.Tests.Wire;

/// <summary>Five hundred uploads over lines that break, to the application and to storage. <c>DIRECTUPLOAD_SEED</c> repeats a run's faults.</summary>
public sealed class A_bad_line(ITestOutputHelper output)
{
    private const int Uploads = 500;
    private const int AtOnce = 8;
    private const int MostResumes = 20;

    private static readonly (string Profile, UploadMethod? Method)[] Ways = [("put", null), ("put", UploadMethod.Multipart), ("post", null), ("parts", null), ("in-place", null)];

    [Fact]
    public async Task Corrupts_nothing_and_stops_nothing_for_good()
    {
        var seed = Environment.GetEnvironmentVariable("DIRECTUPLOAD_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"DIRECTUPLOAD_SEED={seed}");
        FaultyWire? toStorage = null;
        await using var stage = await Stage.SetAsync(new() { PublicStorage = itself => (toStorage ??= new FaultyWire(() => itself, seed)).Endpoint });
        await using var toApplication = new FaultyWire(() => stage.ApplicationItself, seed + 1);
        var client = stage.Client(options =>
        {
            options.ServerAddress = new Uri(toApplication.Endpoint, "/uploads");
            (options.StallTimeout, options.RequestTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        });
        var errors = new ConcurrentBag<DirectUploadException>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Uploads), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, stop) =>
        {
            var random = new Random(HashCode(seed, number));
            var (profile, method) = Ways[random.Next(Ways.Length)];
            var bytes = Sample.Bytes(SizeOf(random, profile), random.Next());
            using var file = new TemporaryFile(bytes);
            var request = Sample.Request(profile) with { Method = method };
            UploadState? state = null;
            for (var resumes = 0; ; resumes++)
            {
                try
                {
                    var result = state is null
                        ? await client.UploadAsync(number % 3 == 0 ? UploadSource.FromStream(Sample.Once(bytes), length: bytes.Length) : file.Source, request, cancellationToken: stop)
                        : await client.ResumeAsync(state, file.Source, cancellationToken: stop);
                    result.ChecksumSha256.Should().Be(Sample.Checksum(bytes));
                    (await stage.StoredChecksumAsync(result.Id)).Should().Be(result.ChecksumSha256, $"upload {number} of seed {seed}, {profile} {method}, {bytes.Length} bytes, is what was sent");
                    return;
                }
                catch (DirectUploadException interrupted) when (interrupted.Code == UploadErrorCodes.Interrupted && resumes < MostResumes)
                {
                    errors.Add(interrupted);
                    state = interrupted.State;
                }
            }
        });

        await toStorage!.DisposeAsync();
        output.WriteLine($"{toApplication.Faults} connections to the application and {toStorage.Faults} to storage went wrong; {errors.Count} uploads were interrupted.");
        toApplication.Faults.Should().BeGreaterThan(30);
        toStorage.Faults.Should().BeGreaterThan(50);
        errors.Count.Should().BeLessThan(Uploads / 10, "what may pass is ridden out");
    }

    private static int HashCode(int seed, int number) => unchecked((seed * 397) + number);

    // A line that breaks every few megabytes lets nothing larger through in one piece.
    private static int SizeOf(Random random, string profile) => random.Next(100) switch
    {
        < 5 => 0,
        < 70 => random.Next(1, 200_000),
        < 94 => random.Next(200_000, 2_000_000),
        _ when profile != "parts" => random.Next(2_000_000, 4_000_000),
        _ => random.Next(TestProfiles.PartSize, 2 * TestProfiles.PartSize + 1000),
    };
}
