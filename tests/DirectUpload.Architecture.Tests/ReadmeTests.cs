namespace DirectUpload.Architecture.Tests;

/// <summary>The READMEs' C# stands, line for line, in samples/Snippets, which is compiled.</summary>
public sealed class ReadmeTests
{
    private static string Root => Path.GetDirectoryName(SourceFile.SrcFolder)!;

    public static TheoryData<string> Readmes =>
        [.. Directory.GetFiles(Path.Combine(Root, "src"), "README.md", SearchOption.AllDirectories).Append(Path.Combine(Root, "README.md"))
            .Select(path => Path.GetRelativePath(Root, path))];

    [Theory]
    [MemberData(nameof(Readmes))]
    public void Its_code_is_compiled(string readme)
    {
        var compiled = string.Join('\n', Directory.GetFiles(Path.Combine(Root, "samples", "Snippets"), "*.cs").Select(File.ReadAllText).Select(Flatten));

        NotCompiled(File.ReadAllText(Path.Combine(Root, readme)), compiled).Should().BeEmpty();
    }

    [Fact]
    public void A_README_that_drifts_is_caught() =>
        NotCompiled("# A\n```csharp\nservices.AddNothing();\n```\n", "services.AddSomething();").Should().Equal("services.AddNothing();");

    private static IEnumerable<string> NotCompiled(string markdown, string compiled) =>
        CodeIn(markdown).SelectMany(Parts).Where(part => !compiled.Contains(part, StringComparison.Ordinal));

    private static IEnumerable<string> CodeIn(string markdown) =>
        markdown.Split("```csharp\n").Skip(1).Select(rest => rest[..rest.IndexOf("```", StringComparison.Ordinal)]);

    // Between two blank lines the program may say more than the README does.
    private static IEnumerable<string> Parts(string block) => Flatten(block).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

    private static string Flatten(string code) => string.Join('\n', code.Trim().Split('\n').Select(line => line.Trim()));
}
