using System.Reflection;

namespace DirectUpload.Architecture.Tests;

public sealed class PackageDependencyTests
{
    [Fact]
    public void Packages_DependOnTheCoreOnly() => PackageDependencyRules.Violations(PackageDependencyRules.All()).Should().BeEmpty();

    [Fact]
    public void Project_files_are_found() => PackageDependencyRules.All().Should().ContainKeys(
        "DirectUpload", "DirectUpload.AspNetCore", "DirectUpload.Blazor", "DirectUpload.Client", "DirectUpload.DynamoDB",
        "DirectUpload.EntityFrameworkCore",
        "DirectUpload.LocalS3", "DirectUpload.Sqs", "DirectUpload.Testing");

    [Theory]
    [InlineData("DirectUpload", "DirectUpload.Tests")]
    [InlineData("DirectUpload.Client", "DirectUpload.Client.Tests")]
    [InlineData("DirectUpload.Blazor")]
    [InlineData("DirectUpload.LocalS3")]
    [InlineData("DirectUpload.AspNetCore", "DirectUpload")]
    [InlineData("DirectUpload.DynamoDB", "DirectUpload")]
    [InlineData("DirectUpload.EntityFrameworkCore", "DirectUpload")]
    [InlineData("DirectUpload.Sqs", "DirectUpload")]
    [InlineData("DirectUpload.Testing", "DirectUpload", "DirectUpload.Development", "DirectUpload.LocalS3")]
    public void Assemblies_ReferenceOnlyAllowedPackages(string assembly, params string[] may) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith("DirectUpload", StringComparison.Ordinal)).Should().BeSubsetOf(may);

    [Theory]
    [InlineData(
        "DirectUpload.Sqs", "<ProjectReference Include=\"../DirectUpload.AspNetCore/DirectUpload.AspNetCore.csproj\" />",
        "DirectUpload.AspNetCore")]
    [InlineData("DirectUpload.Imaging", "<PackageReference Include=\"DirectUpload.Sqs\" />", "DirectUpload.Sqs")]
    [InlineData("DirectUpload.LocalS3", "<ProjectReference Include=\"..\\DirectUpload\\DirectUpload.csproj\" />", "DirectUpload")]
    [InlineData("DirectUpload.Blazor", "<ProjectReference Include=\"../DirectUpload/DirectUpload.csproj\" />", "DirectUpload")]
    [InlineData("DirectUpload.Client", "<ProjectReference Include=\"../DirectUpload/DirectUpload.csproj\" />", "DirectUpload")]
    [InlineData(
        "DirectUpload.Testing", "<ProjectReference Include=\"../DirectUpload.AspNetCore/DirectUpload.AspNetCore.csproj\" />",
        "DirectUpload.AspNetCore")]
    [InlineData(
        "DirectUpload", "<ProjectReference Include=\"../DirectUpload.LocalS3/DirectUpload.LocalS3.csproj\" />", "DirectUpload.LocalS3")]
    public void Violations_ForbiddenDependency_IsReported(string project, string text, string target) =>
        PackageDependencyRules.Violations([new(project, text)]).Should().Equal($"{project} depends on {target}");

    [Theory]
    [InlineData(
        "DirectUpload.Sqs",
        "<ProjectReference Include=\"../DirectUpload/DirectUpload.csproj\" /><PackageReference Include=\"AWSSDK.SQS\" />")]
    [InlineData("DirectUpload.Client", "<PackageReference Include=\"System.Text.Json\" />")]
    public void Violations_AllowedDependencies_None(string project, string text) =>
        PackageDependencyRules.Violations([new(project, text)]).Should().BeEmpty();
}
