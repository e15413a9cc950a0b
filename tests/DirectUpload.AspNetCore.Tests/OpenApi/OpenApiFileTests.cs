namespace DirectUpload.AspNetCore.Tests.OpenApi;

/// <summary>
/// Compares the document that the build of DirectUpload.OpenApi.Document wrote with the repository's, so that a review shows each change.
/// </summary>
public sealed class OpenApiFileTests
{
    [Fact]
    public void RepositoryDocument_IsThatOfTheBuild()
    {
        var built = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "OpenApi", "openapi.json")).ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_OPENAPI") == "write")
            File.WriteAllText(OpenApiFile.Path, built);

        File.ReadAllText(OpenApiFile.Path).Should().Be(built, "DIRECTUPLOAD_OPENAPI=write makes this test write {0}", OpenApiFile.Path);
    }
}

/// <summary>Finds the repository's document.</summary>
internal static class OpenApiFile
{
    public static string Path { get; } = System.IO.Path.Combine(FindRoot(AppContext.BaseDirectory), "docs", "openapi.json");

    private static string FindRoot(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "DirectUpload.sln")) ? folder : FindRoot(System.IO.Path.GetDirectoryName(folder)!);
}
