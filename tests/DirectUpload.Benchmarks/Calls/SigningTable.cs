using System.Globalization;
using DirectUpload.Benchmarks.Presigning;
using DirectUpload.Benchmarks.Reports;

namespace DirectUpload.Benchmarks.Calls;

/// <summary>What signatures cost beside their own hashes, and beside the clients of AWS and MinIO.</summary>
internal static class SigningTable
{
    public const string Switch = "signing";

    private const int Rounds = 51;

    public static async Task RunAsync(string[] options)
    {
        var (put, get, post, parts) = (new PutUrl(), new GetUrl(), new PostForm(), new Parts());
        await put.SetupAsync();
        await get.SetupAsync();
        await post.SetupAsync();
        await parts.SetupAsync();
        var report = new Report(Switch, options);
        report.Add(
            "| | floor | DirectUpload | relative to the floor | allocated | AWSSDK.S3, relative to DirectUpload "
            + "| MinIO's client, relative to DirectUpload |");
        report.Add("|---|--:|--:|--:|--:|--:|--:|");
        Add(report, "presigned PUT, four signed headers", await CallComparison.MeasureAsync(
            Rounds, Call.Create("floor", put.Floor), Call.Create("DirectUpload", put.DirectUpload), Call.Create("AWS", put.AwsSdk),
            Call.Create("MinIO", put.Minio)));
        Add(report, "presigned GET, two overrides", await CallComparison.MeasureAsync(
            Rounds, Call.Create("floor", get.Floor), Call.Create("DirectUpload", get.DirectUpload), Call.Create("AWS", get.AwsSdk),
            Call.Create("MinIO", get.Minio)));
        Add(report, "POST policy, five conditions", await CallComparison.MeasureAsync(
            Rounds, Call.Create("floor", post.Floor), Call.Create("DirectUpload", post.DirectUpload), Call.Create("AWS", post.AwsSdk),
            Call.Create("MinIO", post.Minio)));
        Add(report, "PUTs of 10,000 parts", await CallComparison.MeasureAsync(
            Rounds / 3, Call.Create("floor", parts.Floor), Call.Create("DirectUpload", parts.DirectUpload),
            Call.Create("AWS", parts.AwsSdk)));
        await report.SaveAsync();
    }

    private static void Add(Report report, string name, CallResult[] results) => report.Add(string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {results[0].Microseconds:N2} µs | {results[1].Microseconds:N2} µs | {results[1].Ratio:N2} | " +
        $"{results[1].AllocatedBytes:N0} B | {results[2].Ratio / results[1].Ratio:N0} | " +
        $"{(results.Length > 3 ? (results[3].Ratio / results[1].Ratio).ToString("N0", CultureInfo.InvariantCulture) : string.Empty)} |"));
}
