using DirectUpload.S3Conformance.Suites;
using DirectUpload.S3Conformance.Table;

namespace DirectUpload.S3Conformance.SelfTests;

public sealed class ConformanceTableTests
{
    private const string Regenerate =
        "the table is generated: DIRECTUPLOAD_CONFORMANCE_TABLE=docs/evidence/s3-conformance.md tests/run --project " +
        "tests/DirectUpload.S3Conformance";

    [Fact]
    public void The_committed_table_lists_exactly_the_cases() =>
        Listed(File.ReadAllText(ConformanceTable.CommittedPath)).Should().BeEquivalentTo(
            SuiteCatalog.Suites.SelectMany(suite =>
                SuiteCatalog.GetCases(suite).Select(method => (SuiteCatalog.GetTitle(suite), SuiteCatalog.GetSentence(method.Name)))),
            Regenerate);

    [Fact]
    public void The_table_shows_deviations_and_reasons()
    {
        var table = ConformanceTable.Markdown(
        [
            Seen(typeof(LocalS3Fixture), nameof(Ranges.A_range_answers_that_part), "bytes=0-3", "0123"),
            Seen(typeof(RgwFixture), nameof(Ranges.A_range_answers_that_part), "bytes=0-3", "0|\r\n", "it is so"),
        ]);
        table.Should().Contain("| A range answers that part: `bytes=0-3` | `0123` | ✓ | `0\\|\\r\\n` (it is so) |");
        table.Should().Contain("- LocalS3: 1 of 1 as AWS").And.Contain("- Ceph RGW: 0 of 1 as AWS");
    }

    [Fact]
    public void A_missing_case_is_reported() =>
        ConformanceTable.FindMissing([Seen(typeof(LocalS3Fixture), nameof(Ranges.A_range_answers_that_part), "", "")])
            .Should().Contain("RgwFixture Ranges.A_range_answers_that_part")
            .And.NotContain("LocalS3Fixture Ranges.A_range_answers_that_part");

    private static Observation Seen(Type server, string name, string argument, string observed, string? reason = null) =>
        new(server, typeof(Ranges), name, argument, "0123", observed, reason);

    /// <summary>Suite and case of every row, each once; a case's argument stands behind a colon, in code.</summary>
    private static HashSet<(string Suite, string Case)> Listed(string table)
    {
        var suite = "";
        var listed = new HashSet<(string, string)>();
        foreach (var line in table.Split('\n'))
            if (line.StartsWith("## ", StringComparison.Ordinal))
                suite = line[3..];
            else if (line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| case |", StringComparison.Ordinal))
                listed.Add((suite, line[2..].Split(" | ")[0].Split(": `")[0].Split(": nothing")[0]));
        return listed;
    }
}
