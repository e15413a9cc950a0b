namespace DirectUpload.Architecture.Tests;

/// <summary>Finds code of documentation in the samples, which the build compiles.</summary>
internal static class CompiledSamples
{
    private static readonly Lazy<string> All = new(() => string.Join('\n', ReadSources().Select(Flatten)));

    /// <summary>Returns the parts of a code block that no sample contains.</summary>
    public static IEnumerable<string> FindMissingParts(string code) => FindMissingParts(code, All.Value);

    /// <summary>Returns the parts of a code block that the given code does not contain.</summary>
    /// <remarks>Between two blank lines, the sample may contain more than the documentation.</remarks>
    public static IEnumerable<string> FindMissingParts(string code, string compiled) =>
        Flatten(code).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(part => !compiled.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> ReadSources() =>
        new[] { "*.cs", "*.cshtml" }
            .SelectMany(kind => Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), kind, SearchOption.AllDirectories))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(folder => folder is "obj" or "bin" or "node_modules"))
            .Select(File.ReadAllText);

    private static string Flatten(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));
}
