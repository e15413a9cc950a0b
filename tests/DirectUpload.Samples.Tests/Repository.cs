namespace DirectUpload.Samples.Tests;

/// <summary>Finds files of the repository.</summary>
internal static class Repository
{
    private static readonly string Root = FindRoot();

    public static string GetPath(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
