using DirectUpload.Presigning;
using DirectUpload.Presigning.Checks;

namespace DirectUpload.Tests.Presigning.Checks;

public sealed class BucketNameCheckTests
{
    [Theory]
    [InlineData("s3://uploads", "that is an address or a path. Write the bucket's name alone, such as \"my-bucket\".")]
    [InlineData("https://uploads.s3.amazonaws.com", "that is an address or a path.*")]
    [InlineData("uploads/avatars", "that is an address or a path.*")]
    [InlineData("arn:aws:s3:::uploads", "that is the bucket's ARN. Write its name, \"uploads\".")]
    [InlineData("arn:aws:s3:::uploads/*", "that is the bucket's ARN. Write its name, \"uploads\".")]
    [InlineData("ab", "it has 2 characters, and S3's names have 3 to 63.*")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g123", "it has 64 characters*")]
    [InlineData("My_Bucket", "S3's names have lowercase letters, digits, '-' and '.' only*")]
    [InlineData("Uploads", "S3's names have lowercase*")]
    [InlineData("my bucket", "S3's names have lowercase*")]
    [InlineData("uploads\n", "S3's names have lowercase*")]
    [InlineData("-uploads", "S3's names have lowercase*begin and end with a letter or a digit*")]
    [InlineData("uploads.", "S3's names have lowercase*")]
    [InlineData("büro", "S3's names have lowercase*")]
    [InlineData("my..bucket", "S3's names have no two dots in a row.*")]
    [InlineData("192.168.5.4", "S3's names do not look like an IP address.*")]
    [InlineData("xn--bucket", "S3 has no buckets whose names begin with \"xn--\".*")]
    [InlineData("amzn-s3-demo-bucket", "S3 has no buckets whose names begin with \"amzn-s3-demo-\".*")]
    [InlineData("tenant:", "*")]
    [InlineData(":uploads", "S3's names have lowercase*")]
    [InlineData("tenant:My_Bucket", "S3's names have lowercase*")]
    [InlineData("arn:aws:s3:eu-west-1:123456789012:accesspoint/", "that is an address or a path.*")]
    public async Task FindError_InvalidName_NamesTheRule(string name, string rule)
    {
        BucketNameCheck.FindError("Bucket", name)
            .Should().Match($"Bucket is \"{name[..Math.Min(name.Length, 60)].Replace('\n', '?')}*\"; {rule}");
        (await TestIssuer.CreateDefault().Awaiting(it => it.PresignAsync(new PutUrlRequest { Bucket = name, Key = "a" }).AsTask())
            .Should().ThrowAsync<ArgumentException>()).WithMessage("Bucket is*");
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("my.bucket-1")]
    [InlineData("a123456789b123456789c123456789d123456789e123456789f123456789g12")]
    [InlineData("my-access-poi-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias")]
    [InlineData("arn:aws:s3:us-west-2:123456789012:accesspoint/my-access-point")]
    [InlineData("arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:my-access-point")]
    [InlineData("tenant:uploads")]
    [InlineData("tenant_1:uploads")]
    [InlineData("1.2.3")]
    public void FindError_ValidName_IsNull(string name) => BucketNameCheck.FindError("Bucket", name).Should().BeNull();
}
