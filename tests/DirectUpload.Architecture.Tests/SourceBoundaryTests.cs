namespace DirectUpload.Architecture.Tests;

public sealed class SourceBoundaryTests
{
    private static PackageSource Core => PackageSource.Get("DirectUpload");

    [Fact]
    public void Core_UsesTheSdk_InThreePlacesOnly() => SourceBoundaryRules.SdkUses(Core).Should().BeEmpty();

    [Fact]
    public void Core_UsesStatusCodes_InStorageOnly() => SourceBoundaryRules.StatusCodesInCore(Core).Should().BeEmpty();

    [Fact]
    public void WebPackage_UsesStatusCodes_InOneFile() =>
        SourceBoundaryRules.StatusCodesInWeb(PackageSource.Get("DirectUpload.AspNetCore")).Should().BeSubsetOf(
            ["DirectUpload.AspNetCore/Http/Problems.cs", "DirectUpload.AspNetCore/StorageEvents/SnsCertificateCache.cs"],
            "the cache reads the status of another server");

    [Fact]
    public void Stores_DecideNoTransition() => PackageSource.All.SelectMany(SourceBoundaryRules.StoresThatDecide).Should().BeEmpty();

    [Theory]
    [InlineData("DirectUpload/Presigning/SigV4.cs", "using Amazon.S3; class A { IAmazonS3? X; }", true)]
    [InlineData("DirectUpload/DirectUploadService.cs", "class A { void M(Amazon.Runtime.AWSCredentials x) { } }", true)]
    [InlineData("DirectUpload/Presigning/BucketConnection.cs", "class A { Amazon.S3.IAmazonS3? X; }", false)]
    [InlineData("DirectUpload/Presigning/CredentialSource.cs", "class A { Amazon.S3.IAmazonS3? X; }", false)]
    [InlineData("DirectUpload/Storage/A.cs", "class A { Amazon.S3.IAmazonS3? X; }", false)]
    [InlineData("DirectUpload/DependencyInjection/A.cs", "class A { Amazon.S3.IAmazonS3? X; }", false)]
    [InlineData("DirectUpload/Presigning/SigV4.cs", "class A { /* Amazon.S3 */ string X = \"Amazon.S3\"; }", false)]
    public void SdkUses_OutsideTheThreePlaces_AreReported(string path, string code, bool isReported) =>
        SourceBoundaryRules.SdkUses(PackageSource.Create("DirectUpload", (path, code))).Any().Should().Be(isReported);

    [Theory]
    [InlineData(
        "DirectUpload/DirectUploadService.cs", "class A { int M() => Microsoft.AspNetCore.Http.StatusCodes.Status404NotFound; }", true)]
    [InlineData("DirectUpload/Confirmation/A.cs", "using System.Net; class A { object M() => HttpStatusCode.NotFound; }", true)]
    [InlineData("DirectUpload/Confirmation/A.cs", "using static System.Net.HttpStatusCode; class A { object M() => NotFound; }", true)]
    [InlineData("DirectUpload/Storage/S3UploadBucket.cs", "using System.Net; class A { object M() => HttpStatusCode.NotFound; }", false)]
    [InlineData("DirectUpload/A.cs", "class A { int StatusCodesOf = 1; /* HttpStatusCode */ }", false)]
    public void StatusCodesInCore_OutsideStorage_AreReported(string path, string code, bool isReported) =>
        SourceBoundaryRules.StatusCodesInCore(PackageSource.Create("DirectUpload", (path, code))).Any().Should().Be(isReported);

    [Theory]
    [InlineData("class A { int M() => Microsoft.AspNetCore.Http.StatusCodes.Status409Conflict; }", true)]
    [InlineData("using static Microsoft.AspNetCore.Http.StatusCodes; class A { int M() => Status200OK; }", true)]
    [InlineData("class A { void M(Microsoft.AspNetCore.Http.HttpResponse response) { response.StatusCode = 404; } }", true)]
    [InlineData("class A { int M() => 1; }", false)]
    public void StatusCodesInWeb_AnotherFile_IsReported(string code, bool isReported) =>
        SourceBoundaryRules.StatusCodesInWeb(PackageSource.Create("DirectUpload.AspNetCore", ("DirectUpload.AspNetCore/Content.cs", code)))
            .Any().Should().Be(isReported);

    [Fact]
    public void StoresThatDecide_StoreWithATransition_IsReported() =>
        SourceBoundaryRules.StoresThatDecide(
            PackageSource.Create(
                "P",
                ("P/Lifecycle/UploadLifecycle.cs",
                    "namespace P.Lifecycle; static class UploadLifecycle { public static void Apply() { } }"),
                ("P/SqlStore.cs", "namespace P; class SqlStore { void M() => Lifecycle.UploadLifecycle.Apply(); }"),
                ("P/Cleaner.cs", "namespace P; class Cleaner { void M() => Lifecycle.UploadLifecycle.Apply(); }")))
            .Should().Equal("P/SqlStore.cs");
}
