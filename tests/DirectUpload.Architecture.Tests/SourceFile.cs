using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>One source file: its path below src, with slashes, and its code without comments and texts.</summary>
internal sealed partial record SourceFile(string Path, string Code)
{
    /// <summary>The project's folder: <c>DirectUpload</c>, <c>DirectUpload.AspNetCore</c>.</summary>
    public string Project => Path.Split('/')[0];

    /// <summary>The folder below the project; null in its root.</summary>
    public string? Namespace => Path.Split('/') is [_, var room, _, ..] ? room : null;

    public static SourceFile Of(string path, string text) =>
        new(path, Noise().Replace(text, match => match.Value.StartsWith('/') ? " " : "\"\""));

    public static IReadOnlyList<SourceFile> All() => Below(SrcFolder);

    /// <summary>Those of the tests, whose paths begin below tests.</summary>
    public static IReadOnlyList<SourceFile> AllTests() => Below(System.IO.Path.Combine(SrcFolder, "../tests"));

    private static IReadOnlyList<SourceFile> Below(string root) =>
        [.. FilesBelow(root).Select(file => Of(System.IO.Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file)))];

    /// <summary>The paths of the handwritten C# files below a folder.</summary>
    public static IEnumerable<string> FilesBelow(string root) =>
        Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !System.IO.Path.GetRelativePath(root, file).Split('/', '\\').Any(folder => folder is "bin" or "obj"));

    public static string SrcFolder { get; } = System.IO.Path.Combine(FindRoot(AppContext.BaseDirectory), "src");

    private static string FindRoot(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "DirectUpload.sln"))
            ? folder
            : FindRoot(Directory.GetParent(folder)?.FullName
                ?? throw new InvalidOperationException("DirectUpload.sln is in no folder above the tests."));

    // Comments, raw texts, verbatim texts, texts, characters: what they say is not code.
    [GeneratedRegex("""""//[^\n]*|/\*.*?\*/|""".*?"""|@"(?:[^"]|"")*"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])'""""", RegexOptions.Singleline)]
    private static partial Regex Noise();
}
