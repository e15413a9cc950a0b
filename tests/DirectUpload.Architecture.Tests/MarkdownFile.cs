using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>A document of the repository: its code blocks, links and headings.</summary>
internal sealed partial class MarkdownFile(string path, string text)
{
    /// <summary>Packages' READMEs are shown outside the repository: their links are absolute.</summary>
    private const string Home = "https://github.com/directupload/directupload/blob/main/";

    private static readonly string[] Folders = ["docs", "samples", "src", "tests"];
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "_site"];

    /// <summary>The path below the repository's root, with slashes.</summary>
    public string Path => path;

    public string Text => text;

    /// <summary>README.md and llms.txt at the root, everything below docs, and the READMEs of packages and samples.</summary>
    public static IReadOnlyList<MarkdownFile> All { get; } =
        [.. Folders.SelectMany(
            folder => Directory.EnumerateFiles(System.IO.Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories))
            .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(Generated.Contains))
            .Append("README.md").Append("llms.txt")
            .Select(Read)];

    public static MarkdownFile Read(string path) => new(path, File.ReadAllText(System.IO.Path.Combine(Repository.Root, path)));

    /// <summary>Returns the code blocks of one language.</summary>
    public IEnumerable<string> CodeBlocks(string language) =>
        text.Split($"```{language}\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    /// <summary>Returns the targets of links and pictures that lead into the repository and are not in code.</summary>
    public IEnumerable<string> LocalLinks() =>
        Link().Matches(Code().Replace(text, string.Empty))
            .Select(match => match.Groups[1].Value.Replace(Home, "/", StringComparison.Ordinal))
            .Where(link => !link.Contains("://", StringComparison.Ordinal));

    /// <summary>Returns the anchors of the headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors() =>
        Heading().Matches(Code().Replace(text, string.Empty))
            .Select(match => NotInAnchors().Replace(match.Groups[1].Value.ToLowerInvariant(), string.Empty).Replace(' ', '-'));

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^```.*?^```|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Code();

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}

/// <summary>Where the repository is.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new DirectoryInfo(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) => File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln"))
        ? folder.FullName
        : Find(folder.Parent ?? throw new InvalidOperationException("DirectUpload.sln is in no folder above the tests."));
}
