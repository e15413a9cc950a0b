using DirectUpload.Requests;
using DirectUpload.Stores;
using DirectUpload.Tests.Fixtures;

namespace DirectUpload.Tests.Requests;

public sealed class UploadKeyFactoryTests
{
    private static readonly string[] FileNames =
        ["photo.png", "photo", "a.tar.gz", "x.ÄÖ", "-.-", "a-b.c-d", "0198c0de00007000800000000000beef-x", "n.0123456789abcdef"];

    [Theory]
    [InlineData("", "avatar")]
    [InlineData("staging/", "avatar")]
    [InlineData("a-b/c-d/", "id-photo")]
    [InlineData("in-", "id-photo")]
    public void Create_AnyNames_RecognizesExactlyTheSecretStagingKeys(string prefix, string profile)
    {
        var keys = new UploadKeyFactory(new DirectUploadOptions { Bucket = "bucket", StagingPrefix = prefix });
        var requests =
            from fileName in FileNames
            from isInPlace in new[] { false, true }
            from isSecret in new[] { false, true }
            select (fileName, isInPlace, isSecret);
        foreach (var (fileName, isInPlace, isSecret) in requests)
        {
            var record = TestData.CreateRecord();
            var (_, staging, final) = keys.Create(
                new UploadProfile { Name = profile, FinalizeInPlace = isInPlace }, "user-1", record.Id, fileName, TestData.Start, isSecret);

            UploadId.TryFindIn(staging, out var found).Should().BeTrue();
            found.Should().Be(record.Id);
            StagingKeySecret.IsUsedBy(record with { StagingKey = staging, FinalKey = final }).Should().Be(
                isSecret && !isInPlace, "of {0}", staging);
        }
    }
}
