using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>
/// The dependencies of packages: satellites use the core only, Development also LocalS3, Testing both; Blazor, Client and LocalS3 use none of
/// the others.
/// </summary>
internal static partial class PackageDependencyRules
{
    private static readonly string[] Alone = ["DirectUpload", "DirectUpload.Blazor", "DirectUpload.Client", "DirectUpload.LocalS3"];

    private static readonly (string Package, string Target)[] Exceptions =
    [
        ("DirectUpload.Development", "DirectUpload.LocalS3"),
        ("DirectUpload.Testing", "DirectUpload.Development"),
        ("DirectUpload.Testing", "DirectUpload.LocalS3"),
    ];

    /// <param name="projects">Project files by the project's name.</param>
    public static IEnumerable<string> Violations(IEnumerable<KeyValuePair<string, string>> projects) =>
        from project in projects
        from Match match in Reference().Matches(project.Value)
        let target = match.Groups["target"].Value
        where target.StartsWith("DirectUpload", StringComparison.Ordinal) && (Alone.Contains(project.Key) || target != "DirectUpload")
            && !Exceptions.Contains((project.Key, target))
        select $"{project.Key} depends on {target}";

    public static IReadOnlyDictionary<string, string> All() =>
        Directory.EnumerateFiles(SourceFile.SrcFolder, "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

    [GeneratedRegex("""<(?:Project|Package)Reference\s+Include="(?:[^"]*[/\\])?(?<target>[^"/\\]+?)(?:\.csproj)?["]""")]
    private static partial Regex Reference();
}
