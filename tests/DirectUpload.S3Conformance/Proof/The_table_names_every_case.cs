namespace DirectUpload.S3Conformance.Proof;

public sealed class The_table_names_every_case
{
    private const string Regenerate =
        "the table is generated: DIRECTUPLOAD_CONFORMANCE_TABLE=docs/s3-conformance.md tests/run --project tests/DirectUpload.S3Conformance";

    [Fact]
    public void The_committed_table_has_the_cases_of_the_suites_and_no_others() =>
        Listed(File.ReadAllText(ConformanceTable.Committed)).Should().BeEquivalentTo(
            Catalog.Suites.SelectMany(suite => Catalog.Cases(suite).Select(method => (Catalog.Title(suite), Catalog.Sentence(method.Name)))),
            Regenerate);

    [Fact]
    public void The_table_tells_what_a_server_did_instead_and_why()
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
    public void A_run_that_left_out_a_case_is_noticed() =>
        ConformanceTable.Missing([Seen(typeof(LocalS3Fixture), nameof(Ranges.A_range_answers_that_part), "", "")])
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
