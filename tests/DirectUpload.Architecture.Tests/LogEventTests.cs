using System.Reflection;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Architecture.Tests;

public sealed partial class LogEventTests
{
    public static TheoryData<string> Packages => [.. PackageSource.Names];

    [Theory]
    [MemberData(nameof(Packages))]
    public void EventIds_AreUniqueInEachPackage(string package) =>
        LogEventRules.FindAmbiguous(Assembly.Load(package).GetTypes()).Should().BeEmpty();

    [Fact]
    public void EventIds_OfTheCore_HaveNoGaps() => LogEventRules.FindGaps(Assembly.Load("DirectUpload").GetTypes()).Should().BeEmpty();

    [Fact]
    public void Messages_AreFound() => LogEventRules.GetEvents(Assembly.Load("DirectUpload").GetTypes()).Should().HaveCountGreaterThan(25);

    [Fact]
    public void FindAmbiguous_SharedOrMissingIds_AreReported() =>
        LogEventRules.FindAmbiguous([typeof(AmbiguousLog)]).Should().Equal("WithoutId has no id", "2: First, Second");

    [Fact]
    public void FindGaps_SkippedId_IsReported() => LogEventRules.FindGaps([typeof(AmbiguousLog)]).Should().Equal(1);

    private static partial class AmbiguousLog
    {
        [LoggerMessage(LogLevel.Debug, "No id", EventId = 0)]
        public static partial void WithoutId(ILogger logger);

#pragma warning disable SYSLIB1006 // Two messages with one id are what the rule reports.
        [LoggerMessage(2, LogLevel.Debug, "First")]
        public static partial void First(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "Second")]
        public static partial void Second(ILogger logger);
#pragma warning restore SYSLIB1006
    }
}
