using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace DirectUpload.Security.Tests.Table;

/// <summary>Compares docs/evidence/attacks.md with the tests; DIRECTUPLOAD_ATTACK_TABLE=write writes the page.</summary>
public sealed partial class AttackTableTests
{
    private static IEnumerable<IGrouping<Type, (MethodInfo Case, AttackAttribute Attack)>> AttacksByClass =>
        from type in typeof(AttackTableTests).Assembly.GetTypes().OrderBy(type => type.Name, StringComparer.Ordinal)
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .OrderBy(method => method.MetadataToken)
        let attack = method.GetCustomAttribute<AttackAttribute>()
        where attack is not null
        group (method, attack) by type;

    [Fact]
    public void Document_ListsEveryCase()
    {
        var file = Path.Combine(Repository(), "docs", "evidence", "attacks.md");
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_ATTACK_TABLE") == "write")
            File.WriteAllText(file, Markdown());

        File.ReadAllText(file).Should().Be(
            Markdown(), "it is written by DIRECTUPLOAD_ATTACK_TABLE=write dotnet test --project tests/DirectUpload.Security.Tests");
    }

    [Fact]
    public void Attacks_AreAtLeastSixtyAndAllTests()
    {
        AttacksByClass.Sum(chapter => chapter.Count()).Should().BeGreaterThanOrEqualTo(60);
        AttacksByClass.SelectMany(chapter => chapter).Should().OnlyContain(it => it.Case.GetCustomAttributes<FactAttribute>().Any());
    }

    private static string Markdown()
    {
        var text = new StringBuilder();
        text.Append("# Attacks: what attackers try, and why it fails\n\n");
        text.Append(
            "Each row is a test of [`tests/DirectUpload.Security.Tests`](../../tests/DirectUpload.Security.Tests), which uses the " +
            "outermost interface that an attacker reaches, against LocalS3 and, where that shows more, Ceph RGW.\n");
        text.Append(
            "In addition, every parser and endpoint is fuzzed: 50,000 inputs in every run, or as many as `DIRECTUPLOAD_FUZZ_INPUTS` " +
            "sets. This page is generated; a test fails when it lacks a case.\n");
        text.Append($"\n{AttacksByClass.Sum(chapter => chapter.Count())} cases.\n");
        foreach (var chapter in AttacksByClass)
        {
            text.Append($"\n## {GetTitle(chapter.Key)}\n\n| attack | why it fails |\n|---|---|\n");
            foreach (var (_, attack) in chapter)
                text.Append($"| {Cell(attack.Tries)} | {Cell(attack.Fails)} |\n");
        }

        return text.ToString();
    }

    private static string GetTitle(Type chapter) =>
        WordStart().Replace(
            chapter.Name.Replace("Attacks", string.Empty, StringComparison.Ordinal), match => " " + match.Value.ToLowerInvariant());

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
