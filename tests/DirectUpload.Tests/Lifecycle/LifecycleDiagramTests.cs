using System.Text;
using DirectUpload.Lifecycle;

namespace DirectUpload.Tests.Lifecycle;

/// <summary>Compares the state diagram of docs/concepts.md with the table; DIRECTUPLOAD_LIFECYCLE_DIAGRAM=write regenerates it.</summary>
public sealed class LifecycleDiagramTests
{
    private const string Begin = "<!-- lifecycle:begin -->\n";
    private const string End = "<!-- lifecycle:end -->";

    [Fact]
    public void Concepts_ShowTheTransitionTable()
    {
        var file = Path.Combine(FindRoot(AppContext.BaseDirectory), "docs", "concepts.md");
        var document = File.ReadAllText(file);
        var (from, to) = (document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, document.IndexOf(
            End, StringComparison.Ordinal));
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_LIFECYCLE_DIAGRAM") == "write")
            File.WriteAllText(file, document[..from] + CreateDiagram() + document[to..]);
        else
            document[from..to].Should().Be(
                CreateDiagram(), "DIRECTUPLOAD_LIFECYCLE_DIAGRAM=write dotnet test --project tests/DirectUpload.Tests generates it");
    }

    private static string CreateDiagram()
    {
        var text = new StringBuilder("```mermaid\nstateDiagram-v2\n    [*] --> Requested\n");
        foreach (var edge in UploadTransitions.All.Where(rule => rule.To is not null).GroupBy(rule => (rule.From, To: rule.To!.Value))
            .OrderBy(edge => edge.Key))
            text.Append($"    {edge.Key.From} --> {edge.Key.To}: {string.Join(", ", edge.Select(rule => rule.Event.Name))}\n");
        foreach (var last in Enum.GetValues<UploadStatus>()
            .Where(status => !UploadTransitions.All.Any(rule => rule.From == status && rule.To is not null)))
            text.Append($"    {last} --> [*]\n");
        return text.Append("```\n").ToString();
    }

    private static string FindRoot(string folder) =>
        File.Exists(Path.Combine(folder, "DirectUpload.sln")) ? folder : FindRoot(Directory.GetParent(folder)!.FullName);
}
