#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Text;

[assembly: AssemblyFixture(typeof(DirectUpload.S3Conformance.Table.ConformanceTable))]

namespace DirectUpload.S3Conformance.Table;

/// <summary>
/// Writes what this run observed as Markdown, when DIRECTUPLOAD_CONFORMANCE_TABLE names the file (relative to the repository) and the
/// run is over. A run that left out a case writes nothing and fails, saying which.
/// </summary>
public sealed class ConformanceTable : IDisposable
{
    public static readonly IReadOnlyList<Type> Servers = [typeof(LocalS3Fixture), typeof(RgwFixture), typeof(SwiftFixture)];

    /// <summary>The committed table.</summary>
    public static string CommittedPath => Path.Combine(GetRepositoryFolder(), "docs", "evidence", "s3-conformance.md");

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("DIRECTUPLOAD_CONFORMANCE_TABLE") is not { Length: > 0 } file) return;
        var seen = Observations.All;
        var missing = FindMissing(seen).ToList();
        if (missing.Count > 0)
            throw new InvalidOperationException($"The table is not written, for this run did not see: {string.Join("; ", missing)}");
        File.WriteAllText(Path.Combine(GetRepositoryFolder(), file), Markdown(seen));
    }

    public static IEnumerable<string> FindMissing(IEnumerable<Observation> seen)
    {
        var there = seen.Select(o => (o.Server, o.Suite, o.Case)).ToHashSet();
        return from suite in SuiteCatalog.Suites
               from method in SuiteCatalog.GetCases(suite)
               from server in Servers
               where !there.Contains((server, suite, method.Name))
               select $"{server.Name} {suite.Name}.{method.Name}";
    }

    public static string Markdown(IReadOnlyCollection<Observation> seen)
    {
        var rows = seen.GroupBy(o => (o.Suite, o.Case, o.Argument)).ToLookup(row => (row.Key.Suite, row.Key.Case));
        var text = new StringBuilder("""
            # S3 servers compared with AWS, case by case

            The conformance suites write this page; run them instead of editing it:

            ```
            DIRECTUPLOAD_CONFORMANCE_TABLE=docs/evidence/s3-conformance.md tests/run --project tests/DirectUpload.S3Conformance
            ```

            ✓ means: the server does what AWS does. AWS's behavior is taken from its documentation, from answers that others recorded, and for some error codes from common knowledge; **no test ran against AWS**.
            Any other cell shows what the server did instead, and why.
            LocalS3 is `DirectUpload.LocalS3`; Ceph RGW is 16.2.15 and OpenStack Swift is 2.30.1 with its S3 API, as Debian 12 ships them.


            """);
        foreach (var server in Servers)
            text.Append(
                $"- {GetServerName(server)}: {seen.Count(o => o.Server == server && o.Observed == o.Aws)} of " +
                $"{seen.Count(o => o.Server == server)} as AWS\n");
        foreach (var suite in SuiteCatalog.Suites)
        {
            text.Append(
                $"\n## {SuiteCatalog.GetTitle(suite)}\n\n| case | AWS | {string.Join(" | ", Servers.Select(GetServerName))} " +
                $"|\n|---|---|{string.Concat(Servers.Select(_ => "---|"))}\n");
            foreach (var method in SuiteCatalog.GetCases(suite))
                foreach (var row in rows[(suite, method.Name)].OrderBy(row => row.Key.Argument, StringComparer.Ordinal))
                    text.Append(
                        $"| {SuiteCatalog.GetSentence(method.Name)}{(row.Key.Argument.Length > 0 ? $": {Code(row.Key.Argument)}" : "")} " +
                            $"| {Code(Servers.Select(server => row.FirstOrDefault(o => o.Server == server)).First(o => o is not null)!.Aws)} | " +
                            $"{string.Join(" | ", Servers.Select(server => Cell(row.FirstOrDefault(o => o.Server == server))))} |\n");
        }
        return text.ToString();
    }

    private static string Cell(Observation? seen) =>
        seen is null
            ? "not run"
            : seen.Observed == seen.Aws ? "✓"
            : $"{Code(seen.Observed)}{(seen.Reason is null ? "" : $" ({seen.Reason})")}";

    private static string Code(string text) => text.Trim().Length == 0 ? "nothing" : "`" + text
        .Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("|", "\\|", StringComparison.Ordinal).Replace("`", "'", StringComparison.Ordinal) + "`";

    private static string GetServerName(Type server) => server.Name switch
    {
        nameof(RgwFixture) => "Ceph RGW",
        nameof(SwiftFixture) => "OpenStack Swift",
        _ => "LocalS3",
    };

    private static string GetRepositoryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        return folder.FullName;
    }
}
