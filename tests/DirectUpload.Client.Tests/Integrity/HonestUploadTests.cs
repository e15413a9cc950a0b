using DirectUpload.TestKit.Integrity;

namespace DirectUpload.Client.Tests.Integrity;

/// <summary>Sends files of generated sizes that arrive unchanged: none may be rejected.</summary>
public sealed class HonestUploadTests
{
    private const int Concurrency = 4;

    [Theory]
    [InlineData("checked-put", FileUploadMethod.Put)]
    [InlineData("checked-post", FileUploadMethod.Post)]
    [InlineData("checked-put", FileUploadMethod.Multipart)]
    public async Task Upload_UnchangedBytes_IsReadyWithEqualChecksums(string profile, FileUploadMethod method)
    {
        await using var stage = await TestEnvironment.StartAsync();
        var client = stage.CreateClient(options => options.PrecomputeChecksumMaxSize = 0);
        var seed = Random.Shared.Next();
        var (ready, sent) = (0, 0L);

        await Parallel.ForEachAsync(
            Enumerable.Range(0, IntegrityScope.HonestUploads), new ParallelOptions { MaxDegreeOfParallelism = Concurrency },
            async (turn, canceled) =>
            {
                var random = new Random(seed + turn);
                var size = IntegrityScope.ChooseHonestSize(random);
                var source = FileUploadSource.FromStream(new MemoryStream(TestData.CreateBytes(size, random.Next())));

                var result = await client.UploadAsync(
                    source, TestData.CreateRequest(profile) with { Method = method }, cancellationToken: canceled);

                result.Status.Should().Be(FileUploadStatus.Ready);
                var record = await stage.GetRecordAsync(result.Id);
                record.StoredChecksum.Should().Be(
                    new UploadChecksum("CRC64NVME", record.ChecksumCrc64Nvme!, "FULL_OBJECT"), "seed {0}, turn {1}", seed, turn);
                Interlocked.Increment(ref ready);
                Interlocked.Add(ref sent, size);
                await stage.S3.DeleteObjectAsync(stage.Bucket, record.FinalKey, canceled);
            });

        IntegrityScope.Report(
            "DirectUpload.Client", $"{method}", "none", IntegrityScope.HonestUploads, IntegrityScope.HonestUploads - ready, sent);
    }
}
