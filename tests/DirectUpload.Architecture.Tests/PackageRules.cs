using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>Who may depend on whom: satellites on the core, Client and LocalS3 on nothing of ours, nobody on a satellite.</summary>
internal static partial class PackageRules
{
    private static readonly string[] Alone = ["DirectUpload", "DirectUpload.Client", "DirectUpload.LocalS3"];

    /// <param name="projects">Project files by the project's name.</param>
    public static IEnumerable<string> Violations(IEnumerable<KeyValuePair<string, string>> projects) =>
        from project in projects
        from Match match in Reference().Matches(project.Value)
        let target = match.Groups["target"].Value
        where target.StartsWith("DirectUpload", StringComparison.Ordinal) && (Alone.Contains(project.Key) || target != "DirectUpload")
        select $"{project.Key} depends on {target}";

    public static IReadOnlyDictionary<string, string> All() =>
        Directory.EnumerateFiles(SourceFile.SrcFolder, "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);

    [GeneratedRegex("""<(?:Project|Package)Reference\s+Include="(?:[^"]*[/\\])?(?<target>[^"/\\]+?)(?:\.csproj)?["]""")]
    private static partial Regex Reference();
}
