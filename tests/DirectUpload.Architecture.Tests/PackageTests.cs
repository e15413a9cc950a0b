using System.Reflection;

namespace DirectUpload.Architecture.Tests;

public sealed class PackageTests
{
    [Fact]
    public void No_package_depends_on_a_satellite() => PackageRules.Violations(PackageRules.All()).Should().BeEmpty();

    [Fact]
    public void Project_files_are_really_read() => PackageRules.All().Should().ContainKeys("DirectUpload", "DirectUpload.AspNetCore", "DirectUpload.Client", "DirectUpload.DynamoDB", "DirectUpload.LocalS3", "DirectUpload.Sqs");

    [Theory]
    [InlineData("DirectUpload", "DirectUpload.Tests")]
    [InlineData("DirectUpload.Client", "DirectUpload.Client.Tests")]
    [InlineData("DirectUpload.LocalS3")]
    [InlineData("DirectUpload.AspNetCore", "DirectUpload")]
    [InlineData("DirectUpload.DynamoDB", "DirectUpload")]
    [InlineData("DirectUpload.Sqs", "DirectUpload")]
    public void What_was_compiled_refers_to_nothing_else_of_ours(string assembly, params string[] may) =>
        Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!)
            .Where(name => name.StartsWith("DirectUpload", StringComparison.Ordinal)).Should().BeSubsetOf(may);

    [Theory]
    [InlineData("DirectUpload.Sqs", "<ProjectReference Include=\"../DirectUpload.AspNetCore/DirectUpload.AspNetCore.csproj\" />", "DirectUpload.AspNetCore")]
    [InlineData("DirectUpload.Imaging", "<PackageReference Include=\"DirectUpload.Sqs\" />", "DirectUpload.Sqs")]
    [InlineData("DirectUpload.LocalS3", "<ProjectReference Include=\"..\\DirectUpload\\DirectUpload.csproj\" />", "DirectUpload")]
    [InlineData("DirectUpload.Client", "<ProjectReference Include=\"../DirectUpload/DirectUpload.csproj\" />", "DirectUpload")]
    [InlineData("DirectUpload", "<ProjectReference Include=\"../DirectUpload.LocalS3/DirectUpload.LocalS3.csproj\" />", "DirectUpload.LocalS3")]
    public void Any_other_dependency_is_caught(string project, string text, string target) =>
        PackageRules.Violations([new(project, text)]).Should().Equal($"{project} depends on {target}");

    [Theory]
    [InlineData("DirectUpload.Sqs", "<ProjectReference Include=\"../DirectUpload/DirectUpload.csproj\" /><PackageReference Include=\"AWSSDK.SQS\" />")]
    [InlineData("DirectUpload.Client", "<PackageReference Include=\"System.Text.Json\" />")]
    public void The_cores_satellites_are_fine(string project, string text) => PackageRules.Violations([new(project, text)]).Should().BeEmpty();
}
