using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using DirectUpload.S3Conformance.Servers;
using DirectUpload.S3Conformance.Suites;
using Xunit.v3;

namespace DirectUpload.S3Conformance.Table;

/// <summary>What a server did in a case, for the table in docs.</summary>
/// <param name="Server">The fixture's type.</param>
/// <param name="Suite">The suite's type.</param>
/// <param name="Case">The case's method.</param>
/// <param name="Argument">The theory's argument; empty for a fact.</param>
/// <param name="Aws">What AWS does.</param>
/// <param name="Observed">What the server did.</param>
/// <param name="Reason">Of the declared deviation, if there is one.</param>
public sealed record Observation(Type Server, Type Suite, string Case, string Argument, string Aws, string Observed, string? Reason);

/// <summary>Everything that was observed in this run.</summary>
public static partial class Observations
{
    private static readonly ConcurrentBag<Observation> Seen = [];

    public static IReadOnlyCollection<Observation> All => Seen;

    public static void Add(
        ConformanceSuite suite, S3ServerFixture server, string name, string? argument, string aws, string observed, Deviation? deviation)
    {
        // The proofs run suites too, against servers that are broken on purpose.
        if (suite.GetType().BaseType is { IsAbstract: true } type && type != typeof(ConformanceSuite)
            && ConformanceTable.Servers.Contains(server.GetType()))
            Seen.Add(new(
                server.GetType(), type, name, argument ?? GetArguments(), ReplaceGeneratedNames(aws), ReplaceGeneratedNames(observed),
                deviation?.Reason));
    }

    /// <summary>The theory's arguments, but for what AWS does.</summary>
    public static string GetArguments()
    {
        if (TestContext.Current.Test is not IXunitTest { TestMethodArguments.Length: > 0 } test) return "";
        var names = test.TestCase.TestMethod.Parameters.Select(parameter => parameter.Name);
        return ReplaceGeneratedNames(
            string.Join(", ", test.TestMethodArguments.Zip(names).Where(pair => pair.Second != "aws").Select(pair => pair.First)));
    }

    /// <summary>Names that differ in every run.</summary>
    private static string ReplaceGeneratedNames(string text) =>
        GeneratedName().Replace(text, match => match.Value.StartsWith('c') ? "KEY" : "BUCKET");

    [GeneratedRegex("(case|test)-[0-9a-f]{32}")]
    private static partial Regex GeneratedName();
}
