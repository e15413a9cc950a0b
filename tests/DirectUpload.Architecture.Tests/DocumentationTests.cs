using System.Text.Json;
using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>The documentation's code is compiled, its JSON is valid, and its links lead somewhere.</summary>
public sealed class DocumentationTests
{
    public static TheoryData<string> Documents => [.. MarkdownFile.All.Select(document => document.Path)];

    [Theory]
    [MemberData(nameof(Documents))]
    public void CSharpBlocks_AreInSamples(string path) =>
        MarkdownFile.Read(path).CodeBlocks("csharp").SelectMany(CompiledSamples.FindMissingParts)
            .Should().BeEmpty("code in documentation is quoted from samples, which are compiled");

    [Fact]
    public void CSharpBlocks_ThatAreInNoSample_AreFound() =>
        new MarkdownFile("a.md", "# A\n```csharp\nservices.AddNothing();\n```\n").CodeBlocks("csharp")
            .SelectMany(code => CompiledSamples.FindMissingParts(code, "services.AddSomething();"))
            .Should().Equal("services.AddNothing();");

    [Theory]
    [InlineData("csharp", "samples/GettingStarted/Program.cs")]
    [InlineData("html", "samples/GettingStarted/wwwroot/index.html")]
    public void Readme_HasTheWholeOfGettingStarted(string language, string path) =>
        MarkdownFile.Read("README.md").CodeBlocks(language).First().Trim()
            .Should().Be(File.ReadAllText(Path.Combine(Repository.Root, path)).Trim());

    [Fact]
    public void FromIFormFile_FirstStep_ChangesAtMostSixStatements()
    {
        var blocks = MarkdownFile.Read("docs/from-iformfile.md").CodeBlocks("csharp").ToList();

        ChangedStatements(blocks[0], blocks[1]).Should().HaveCountGreaterThan(0).And.HaveCountLessThanOrEqualTo(6);
        ChangedStatements("a;\nb;", "a;\nc\n{\n  e,\n};\nd;").Should().Equal("c { e, };", "d;");
    }

    [Fact]
    public void Readme_HasAtMost180Lines() =>
        MarkdownFile.Read("README.md").Text.TrimEnd().Split('\n').Length.Should().BeLessThanOrEqualTo(180);

    [Theory]
    [MemberData(nameof(Documents))]
    public void JsonBlocks_AreValid(string path)
    {
        foreach (var block in MarkdownFile.Read(path).CodeBlocks("json"))
            block.Invoking(json => JsonDocument.Parse(json)).Should().NotThrow();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_LeadToFilesAndHeadings(string path) => DeadLinks(MarkdownFile.Read(path)).Should().BeEmpty();

    [Fact]
    public void Links_ThatLeadNowhere_AreFound() =>
        DeadLinks(new("docs/a.md", "# A\n[file](nowhere.md) [heading](../README.md#nowhere) [own](#a) `[code](no.md)`"))
            .Should().Equal("nowhere.md", "../README.md#nowhere");

    [Theory]
    [InlineData("llms.txt", "docs/")]
    [InlineData("docs/index.md", "")]
    public void Index_ListsEveryPage(string index, string prefix)
    {
        var pages = MarkdownFile.All.Select(document => document.Path)
            .Where(path => path.StartsWith("docs/", StringComparison.Ordinal) && path != "docs/index.md");

        MarkdownFile.Read(index).LocalLinks().Should().Contain(pages.Select(page => prefix + page["docs/".Length..]));
    }

    // An object initializer belongs to its statement.
    private static IEnumerable<string> ChangedStatements(string before, string after) => Statements(after).Except(Statements(before));

    private static string[] Statements(string code) =>
        Regex.Replace(code, @"\n\s*\{\n([^;{}]*)\n\s*\};", match => $" {{ {match.Groups[1].Value.Trim()} }};")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> DeadLinks(MarkdownFile document) => document.LocalLinks().Where(link =>
    {
        var parts = link.Split('#');
        var file = Path.Combine(Repository.Root, document.Path);
        var target = parts[0] switch
        {
            "" => file,
            ['/', .. var absolute] => Path.Combine(Repository.Root, absolute),
            var relative => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, relative)),
        };
        if (target != file && !File.Exists(target) && !Directory.Exists(target))
            return true;
        var anchors = () => (target == file ? document : MarkdownFile.Read(Path.GetRelativePath(Repository.Root, target))).Anchors();
        return parts is [_, { } anchor] && target.EndsWith(".md", StringComparison.Ordinal) && !anchors().Contains(anchor);
    });
}
