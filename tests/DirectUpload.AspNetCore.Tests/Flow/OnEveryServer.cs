namespace DirectUpload.AspNetCore.Tests.Flow;

public static class OnLocalS3
{
    public sealed class WholeLife(LocalS3Fixture server) : Flow.WholeLife(server), IClassFixture<LocalS3Fixture>;

    public sealed class Replays(LocalS3Fixture server) : Flow.Replays(server), IClassFixture<LocalS3Fixture>;

    public sealed class StorageRefusals(LocalS3Fixture server) : Flow.StorageRefusals(server), IClassFixture<LocalS3Fixture>;

    public sealed class ManyConfirms(LocalS3Fixture server) : Flow.ManyConfirms(server), IClassFixture<LocalS3Fixture>;

    public sealed class FinishedObjects(LocalS3Fixture server) : Flow.FinishedObjects(server), IClassFixture<LocalS3Fixture>;

    public sealed class PublicObjects(LocalS3Fixture server) : Flow.PublicObjects(server), IClassFixture<LocalS3Fixture>;

    public sealed class Parts(LocalS3Fixture server) : Flow.Parts(server), IClassFixture<LocalS3Fixture>;

    public sealed class PartChecksums(LocalS3Fixture server) : Flow.PartChecksums(server), IClassFixture<LocalS3Fixture>;

    public sealed class UppyCompanion(LocalS3Fixture server) : Flow.UppyCompanion(server), IClassFixture<LocalS3Fixture>;

    public sealed class CompanionsOwnAnswers(LocalS3Fixture server) : Flow.CompanionsOwnAnswers(server), IClassFixture<LocalS3Fixture>;

    public sealed class UppySigning(LocalS3Fixture server) : Flow.UppySigning(server), IClassFixture<LocalS3Fixture>;

    public sealed class HtmlForms(LocalS3Fixture server) : Flow.HtmlForms(server), IClassFixture<LocalS3Fixture>;

    public sealed class PublicEndpoints(LocalS3Fixture server) : Flow.PublicEndpoints(server), IClassFixture<LocalS3Fixture>;

    public sealed class HealthChecks(LocalS3Fixture server) : Flow.HealthChecks(server), IClassFixture<LocalS3Fixture>;

    public sealed class ProxiedContent(LocalS3Fixture server) : Flow.ProxiedContent(server), IClassFixture<LocalS3Fixture>;

    public sealed class StorageEvents(LocalS3Fixture server) : Flow.StorageEvents(server), IClassFixture<LocalS3Fixture>;

    public sealed class VersionedBuckets(LocalS3Fixture server) : Flow.VersionedBuckets(server), IClassFixture<LocalS3Fixture>;

    public sealed class StagingSettings(LocalS3Fixture server) : Flow.StagingSettings(server), IClassFixture<LocalS3Fixture>;
}

public static class OnRgw
{
    public sealed class WholeLife(RgwFixture server) : Flow.WholeLife(server), IClassFixture<RgwFixture>;

    public sealed class Replays(RgwFixture server) : Flow.Replays(server), IClassFixture<RgwFixture>;

    public sealed class StorageRefusals(RgwFixture server) : Flow.StorageRefusals(server), IClassFixture<RgwFixture>;

    public sealed class ManyConfirms(RgwFixture server) : Flow.ManyConfirms(server), IClassFixture<RgwFixture>;

    public sealed class FinishedObjects(RgwFixture server) : Flow.FinishedObjects(server), IClassFixture<RgwFixture>;

    public sealed class PublicObjects(RgwFixture server) : Flow.PublicObjects(server), IClassFixture<RgwFixture>;

    public sealed class Parts(RgwFixture server) : Flow.Parts(server), IClassFixture<RgwFixture>;

    public sealed class PartChecksums(RgwFixture server) : Flow.PartChecksums(server), IClassFixture<RgwFixture>;

    public sealed class UppyCompanion(RgwFixture server) : Flow.UppyCompanion(server), IClassFixture<RgwFixture>;

    public sealed class CompanionsOwnAnswers(RgwFixture server) : Flow.CompanionsOwnAnswers(server), IClassFixture<RgwFixture>;

    public sealed class UppySigning(RgwFixture server) : Flow.UppySigning(server), IClassFixture<RgwFixture>;

    public sealed class HtmlForms(RgwFixture server) : Flow.HtmlForms(server), IClassFixture<RgwFixture>;

    public sealed class PublicEndpoints(RgwFixture server) : Flow.PublicEndpoints(server), IClassFixture<RgwFixture>;

    public sealed class HealthChecks(RgwFixture server) : Flow.HealthChecks(server), IClassFixture<RgwFixture>;

    public sealed class ProxiedContent(RgwFixture server) : Flow.ProxiedContent(server), IClassFixture<RgwFixture>;

    public sealed class StorageEvents(RgwFixture server) : Flow.StorageEvents(server), IClassFixture<RgwFixture>;

    public sealed class VersionedBuckets(RgwFixture server) : Flow.VersionedBuckets(server), IClassFixture<RgwFixture>;

    public sealed class StagingSettings(RgwFixture server) : Flow.StagingSettings(server), IClassFixture<RgwFixture>
    {
        protected override bool RemembersAll => false;
    }
}

public static class OnSwift
{
    public sealed class WholeLife(SwiftFixture server) : Flow.WholeLife(server), IClassFixture<SwiftFixture>;

    public sealed class Replays(SwiftFixture server) : Flow.Replays(server), IClassFixture<SwiftFixture>;

    public sealed class StorageRefusals(SwiftFixture server) : Flow.StorageRefusals(server), IClassFixture<SwiftFixture>;

    public sealed class ManyConfirms(SwiftFixture server) : Flow.ManyConfirms(server), IClassFixture<SwiftFixture>;

    public sealed class FinishedObjects(SwiftFixture server) : Flow.FinishedObjects(server), IClassFixture<SwiftFixture>;

    public sealed class PublicObjects(SwiftFixture server) : Flow.PublicObjects(server), IClassFixture<SwiftFixture>;

    public sealed class Parts(SwiftFixture server) : Flow.Parts(server), IClassFixture<SwiftFixture>;

    public sealed class PartChecksums(SwiftFixture server) : Flow.PartChecksums(server), IClassFixture<SwiftFixture>;

    public sealed class UppyCompanion(SwiftFixture server) : Flow.UppyCompanion(server), IClassFixture<SwiftFixture>;

    public sealed class CompanionsOwnAnswers(SwiftFixture server) : Flow.CompanionsOwnAnswers(server), IClassFixture<SwiftFixture>;

    public sealed class UppySigning(SwiftFixture server) : Flow.UppySigning(server), IClassFixture<SwiftFixture>;

    public sealed class HtmlForms(SwiftFixture server) : Flow.HtmlForms(server), IClassFixture<SwiftFixture>;

    public sealed class PublicEndpoints(SwiftFixture server) : Flow.PublicEndpoints(server), IClassFixture<SwiftFixture>;

    public sealed class HealthChecks(SwiftFixture server) : Flow.HealthChecks(server), IClassFixture<SwiftFixture>;

    public sealed class ProxiedContent(SwiftFixture server) : Flow.ProxiedContent(server), IClassFixture<SwiftFixture>;

    public sealed class StorageEvents(SwiftFixture server) : Flow.StorageEvents(server), IClassFixture<SwiftFixture>
    {
        protected override int Many => 40;
    }
}

public sealed class Every_server_runs_every_flow
{
    private static readonly Type[] Types = typeof(FlowSuite).Assembly.GetExportedTypes();

    // On OpenStack Swift encryption and tags answer 501, and a DELETE of a version that the AWS SDK sends, without a Content-Length, is not answered for a minute.
    private static readonly (Type Suite, Type Server)[] Impossible = [(typeof(StagingSettings), typeof(SwiftFixture)), (typeof(VersionedBuckets), typeof(SwiftFixture))];

    [Fact]
    public void No_suite_was_forgotten()
    {
        var suites = Types.Where(type => type.IsAbstract && type.IsSubclassOf(typeof(FlowSuite))).ToArray();
        var servers = typeof(S3ServerFixture).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(S3ServerFixture)) && !type.IsAbstract).ToArray();
        servers.Should().HaveCountGreaterThanOrEqualTo(2);
        foreach (var suite in suites)
        {
            Types.Where(type => type.BaseType == suite).Select(ServerOf).Should().BeEquivalentTo(
                servers.Where(server => !Impossible.Contains((suite, server))), "{0} runs on all of them", suite.Name);
        }
    }

    private static Type ServerOf(Type run) => run.GetConstructors().Single().GetParameters().Single().ParameterType;
}
