namespace DirectUpload.Architecture.Tests;

public sealed class WordTests
{
    [Fact]
    public void The_SDK_is_spoken_to_in_three_places_only() => WordRules.Amazon(SourceFile.All()).Should().BeEmpty();

    [Fact]
    public void In_the_core_only_storage_knows_status_codes() => WordRules.StatusCodesInCore(SourceFile.All()).Should().BeEmpty();

    [Fact]
    public void In_the_web_package_one_file_knows_status_codes() => WordRules.StatusCodesInWeb(SourceFile.All()).Should().HaveCountLessThanOrEqualTo(1);

    [Fact]
    public void No_store_decides_a_transition() => WordRules.DecidingStores(SourceFile.All()).Should().BeEmpty();

    [Theory]
    [InlineData("DirectUpload/Signing/SigV4.cs", "using Amazon.S3;", true)]
    [InlineData("DirectUpload/DirectUploadService.cs", "Amazon.Runtime.AWSCredentials x;", true)]
    [InlineData("DirectUpload/Signing/BucketConnection.cs", "using Amazon.S3;", false)]
    [InlineData("DirectUpload/Signing/CredentialSource.cs", "using Amazon.Runtime;", false)]
    [InlineData("DirectUpload/Storage/A.cs", "using Amazon.S3;", false)]
    [InlineData("DirectUpload/DependencyInjection/A.cs", "using Amazon.S3;", false)]
    [InlineData("DirectUpload.DynamoDB/A.cs", "using Amazon.DynamoDBv2;", false)]
    [InlineData("DirectUpload/Signing/SigV4.cs", "// https://docs.aws.amazon.com/AmazonS3 Amazon.S3", false)]
    public void The_SDK_anywhere_else_is_caught(string path, string code, bool caught) =>
        WordRules.Amazon([SourceFile.Of(path, code)]).Any().Should().Be(caught);

    [Theory]
    [InlineData("DirectUpload/DirectUploadService.cs", "return StatusCodes.Status404NotFound;", true)]
    [InlineData("DirectUpload/Confirmation/A.cs", "catch when (x == HttpStatusCode.NotFound)", true)]
    [InlineData("DirectUpload/Storage/S3UploadBucket.cs", "HttpStatusCode.NotFound", false)]
    [InlineData("DirectUpload/A.cs", "var StatusCodesOf = 1; // HttpStatusCode", false)]
    public void A_status_code_in_the_core_is_caught(string path, string code, bool caught) =>
        WordRules.StatusCodesInCore([SourceFile.Of(path, code)]).Any().Should().Be(caught);

    [Fact]
    public void A_second_file_of_status_codes_is_caught() =>
        WordRules.StatusCodesInWeb(
        [
            SourceFile.Of("DirectUpload.AspNetCore/Problems.cs", "StatusCodes.Status409Conflict"),
            SourceFile.Of("DirectUpload.AspNetCore/Content.cs", "using static Microsoft.AspNetCore.Http.StatusCodes; return Status200OK;"),
            SourceFile.Of("DirectUpload.AspNetCore/Other.cs", "return 1;"),
        ]).Should().HaveCount(2);

    [Fact]
    public void A_store_that_decides_is_caught() =>
        WordRules.DecidingStores(
        [
            SourceFile.Of("DirectUpload.DynamoDB/DynamoUploadRecordStore.cs", "record.MovedTo(UploadStatus.Ready, now)"),
            SourceFile.Of("DirectUpload/Records/OtherStore.cs", "UploadTransitions.Allows(a, b)"),
            SourceFile.Of("DirectUpload/Confirmation/UploadRemoval.cs", "record.MovedTo(end, now)"),
        ]).Should().HaveCount(2);
}
