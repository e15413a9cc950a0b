using DirectUpload.S3Conformance.Suites;
using DirectUpload.S3Conformance.Table;

namespace DirectUpload.S3Conformance.SelfTests;

public sealed class SuiteCoverageTests
{
    private static readonly Type[] Servers =
        [.. typeof(S3ServerFixture).Assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(S3ServerFixture)))];

    private static readonly Type[] Runs =
        [.. typeof(ConformanceSuite).Assembly.GetExportedTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(ConformanceSuite)))];

    [Fact]
    public void Every_server_runs_every_suite()
    {
        Servers.Should().Contain(typeof(RgwFixture)).And.Contain(typeof(LocalS3Fixture));
        SuiteCoverage.FindMissing(Servers, SuiteCatalog.Suites, Runs).Should().BeEmpty();
    }

    [Fact]
    public void A_missing_suite_is_reported() =>
        SuiteCoverage.FindMissing(Servers, SuiteCatalog.Suites, [.. Runs.Where(
            run => run != typeof(DirectUpload.S3Conformance.Servers.Rgw.Cors))]).Should().Equal("RgwFixture lacks Cors");

    [Fact]
    public void Case_names_are_unique() =>
        SuiteCatalog.Suites.SelectMany(SuiteCatalog.GetCases).GroupBy(c => c.Name).Where(g => g.Count() > 1).Select(g => g.Key)
            .Should().BeEmpty();

    [Fact]
    public void There_are_more_than_250_cases() =>
        SuiteCatalog.Suites.SelectMany(SuiteCatalog.GetCases).Should().HaveCountGreaterThan(250);
}
