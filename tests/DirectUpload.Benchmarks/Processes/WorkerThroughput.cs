using System.Diagnostics;
using Amazon.S3;
using DirectUpload.Stores;
using Microsoft.Extensions.DependencyInjection;

namespace DirectUpload.Benchmarks.Processes;

/// <summary>
/// How many small uploads a worker finalises in a second, beside the three S3 calls that each of them needs, made bare, with the same
/// client and as many at once. Records are in memory: a database's time comes on top, once a step.
/// </summary>
internal static class WorkerThroughput
{
    public const string Switch = "worker-throughput";

    private const int Uploads = 1000;
    private const int Rounds = 9;
    private const int Parallelism = 8;
    private const int CallsPerUpload = 3;

    public static async Task RunAsync()
    {
        Console.WriteLine(
            "| storage | bare calls | worker | time of the worker relative to the bare calls: median (lowest to highest round) |");
        Console.WriteLine("|---|--:|--:|--:|");
        using (var folder = new TemporaryFolder())
        {
            await using var storage = await ChildProcess.StartAsync(StorageProcess.Role, folder.Path);
            using var s3 = StorageProcess.CreateClient(storage.Address);
            await MeasureAsync("LocalS3", s3, StorageProcess.Bucket);
        }

        using var rgw = Rgw.FindClient();
        if (rgw is null)
        {
            Console.Error.WriteLine(
                $"Ceph RGW is left out: {Rgw.EndpointVariable} does not say where there is one (tests/engines/up starts one).");
            return;
        }

        var bucket = $"throughput-{Guid.NewGuid():N}";
        await rgw.PutBucketAsync(bucket);
        await MeasureAsync("Ceph RGW", rgw, bucket);
        await StorageProcess.EmptyAsync(rgw, bucket);
        await rgw.DeleteBucketAsync(bucket);
    }

    private static async Task MeasureAsync(string name, AmazonS3Client s3, string bucket)
    {
        var uploaded = await VerifiedUploads.CreateAsync(s3, bucket, Uploads);
        var calls = 0;
        s3.BeforeRequestEvent += (_, _) => Interlocked.Increment(ref calls);

        // Both once for the compiler.
        await RunBaselineAsync(s3, uploaded);
        await RunWorkerAsync(s3, bucket, uploaded);
        List<TimeSpan> bare = [], worker = [];
        for (var round = 0; round < Rounds; round++)
        {
            // Who is first is last in the next round.
            if (round % 2 == 0)
                bare.Add(await CountedAsync(() => RunBaselineAsync(s3, uploaded)));
            worker.Add(await CountedAsync(() => RunWorkerAsync(s3, bucket, uploaded)));
            if (round % 2 == 1)
                bare.Add(await CountedAsync(() => RunBaselineAsync(s3, uploaded)));
        }

        // Round by round: what else the machine did then has met both.
        var ratios = bare.Zip(worker, (without, with) => with / without).Order().ToArray();
        Console.WriteLine(
            $"| {name} | {PerSecond(bare):N0}/s | {PerSecond(worker):N0}/s | {ratios[Rounds / 2]:N2} ({ratios[0]:N2} to " +
            $"{ratios[^1]:N2}) |");

        async Task<TimeSpan> CountedAsync(Func<Task<TimeSpan>> work)
        {
            calls = 0;
            var time = await work();
            return calls == Uploads * CallsPerUpload
                ? time
                : throw new InvalidOperationException($"{calls} requests for {Uploads} uploads: {CallsPerUpload} each were expected.");
        }
    }

    private static async Task<TimeSpan> RunBaselineAsync(AmazonS3Client s3, IReadOnlyList<UploadRecord> uploaded)
    {
        var started = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(
            uploaded, new ParallelOptions { MaxDegreeOfParallelism = Parallelism },
            async (record, _) => await BaselineCalls.RunAsync(s3, record));
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task<TimeSpan> RunWorkerAsync(AmazonS3Client s3, string bucket, IReadOnlyList<UploadRecord> uploaded)
    {
        await using var services = VerifiedUploads.CreateServices(s3, bucket, Parallelism);
        var store = services.GetRequiredService<IUploadRecordStore>();
        foreach (var record in uploaded)
            await store.AddAsync(record);
        var uploadWorker = services.GetRequiredService<UploadWorker>();

        var started = Stopwatch.GetTimestamp();
        var taken = await uploadWorker.RunOnceAsync();
        var time = Stopwatch.GetElapsedTime(started);

        var ready = 0;
        await foreach (var record in store.ListAllAsync())
            ready += record.Status == UploadStatus.Ready ? 1 : 0;
        return taken == Uploads && ready == Uploads
            ? time
            : throw new InvalidOperationException($"{taken} steps were taken and {ready} uploads are ready, of {Uploads}.");
    }

    private static double PerSecond(List<TimeSpan> rounds) => Uploads / rounds.Order().ElementAt(Rounds / 2).TotalSeconds;
}
