using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>Metrics, error codes and messages in the documentation are those of the source.</summary>
public sealed class DocumentedValuesTests
{
    // Texts that are put together from several lines are one message.
    private static readonly Lazy<string> Messages = new(() => Regex.Replace(
        string.Join(
            '\n',
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText)),
        "\"\\s*\\+\\s*\\$?\"", string.Empty).Replace("\\\"", "\"", StringComparison.Ordinal));

    [Theory]
    [InlineData("docs/operations.md", "src/DirectUpload/Diagnostics/UploadMetrics.cs", "\"(directupload\\.[a-z_.]+)\"")]
    [InlineData("docs/http-api.md", "src/DirectUpload/UploadErrorCodes.cs", "= \"([a-z-]+)\"")]
    [InlineData("docs/http-api.md", "src/DirectUpload.AspNetCore/Contract/ProblemCodes.cs", "\"([a-z]+(?:-[a-z]+)+)\"")]
    public void Reference_NamesEveryValueOfTheSource(string page, string source, string pattern) =>
        Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, source)), pattern).Select(match => $"`{match.Groups[1].Value}`")
            .Should().NotBeEmpty().And.OnlyContain(value => MarkdownFile.Read(page).Text.Contains(value));

    [Fact]
    public void Troubleshooting_QuotesMessagesOfTheSource() =>
        QuotedMessages(MarkdownFile.Read("docs/troubleshooting.md").Text).Should().HaveCountGreaterThan(10).And.OnlyContain(
            message => IsInSource(message));

    [Fact]
    public void Troubleshooting_OutdatedMessage_IsFound() => IsInSource("The … is not what any … message says.").Should().BeFalse();

    /// <summary>Code that reads as a sentence: a capital letter or a placeholder, and four words at least.</summary>
    private static IEnumerable<string> QuotedMessages(string text) =>
        Regex.Matches(text, "`([A-Z…][^`\n]*)`").Select(match => match.Groups[1].Value).Where(code => code.Split(' ').Length >= 4);

    private static bool IsInSource(string message) =>
        message.Split('…').Select(part => part.Trim()).Where(part => part.Length > 3)
            .All(part => Messages.Value.Contains(part, StringComparison.Ordinal));
}
