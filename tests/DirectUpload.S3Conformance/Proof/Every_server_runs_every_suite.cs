namespace DirectUpload.S3Conformance.Proof;

public sealed class Every_server_runs_every_suite
{
    private static readonly Type[] Servers =
        [.. typeof(S3ServerFixture).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(S3ServerFixture)))];

    private static readonly Type[] Runs =
        [.. typeof(Suite).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(Suite)))];

    [Fact]
    public void Every_server_of_the_kit_runs_every_suite()
    {
        Servers.Should().Contain(typeof(RgwFixture)).And.Contain(typeof(LocalS3Fixture));
        Coverage.Missing(Servers, Catalog.Suites, Runs).Should().BeEmpty();
    }

    [Fact]
    public void A_suite_that_a_server_lacks_is_noticed() =>
        Coverage.Missing(Servers, Catalog.Suites, [.. Runs.Where(run => run != typeof(Rgw.Cors))]).Should().Equal("RgwFixture lacks Cors");

    [Fact]
    public void No_two_cases_share_a_name_that_a_deviation_could_mean() =>
        Catalog.Suites.SelectMany(Catalog.Cases).GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key).Should().BeEmpty();

    [Fact]
    public void There_are_as_many_cases_as_a_server_must_be_held_to() =>
        Catalog.Suites.SelectMany(Catalog.Cases).Should().HaveCountGreaterThan(250);
}
