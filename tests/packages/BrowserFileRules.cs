namespace Packages;

/// <summary>The package of the HTTP endpoints delivers each file of the browser client, as it is in the repository.</summary>
internal static class BrowserFileRules
{
    private const string Owner = "DirectUpload.AspNetCore";

    public static IEnumerable<string> Violations(Package package, string root)
    {
        if (package.Id != Owner)
            yield break;
        var files = Directory.GetFiles(Path.Combine(root, "src", "DirectUpload.Browser", "dist"), "direct-upload*.js");
        if (files.Length == 0)
            yield return "src/DirectUpload.Browser/dist has no files; build the browser client.";
        foreach (var file in files)
        {
            var path = $"staticwebassets/{Path.GetFileName(file)}";
            if (package.File(path)?.AsSpan().SequenceEqual(File.ReadAllBytes(file)) != true)
                yield return $"the package has no {path} with the content of the repository's file.";
        }

        if (package.File("build/Microsoft.AspNetCore.StaticWebAssets.props") is null)
            yield return "the package does not declare its static web assets.";
    }
}
