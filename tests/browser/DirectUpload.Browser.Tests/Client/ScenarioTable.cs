using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using DirectUpload.TestKit;

namespace DirectUpload.Browser.Tests.Client;

/// <summary>Writes the results of the scenarios as Markdown, when DIRECTUPLOAD_SCENARIO_TABLE names the file.</summary>
internal static partial class ScenarioTable
{
    private static readonly ConcurrentDictionary<(string Scenario, string Column), string> Results = [];
    private static readonly Lock Writing = new();

    /// <summary>Adds the result of the test that has just run.</summary>
    public static void Add(ScenarioFixture fixture)
    {
        if (Engine.GetVariable("DIRECTUPLOAD_SCENARIO_TABLE") is not { } file)
            return;
        var test = TestContext.Current;
        var display = test.Test!.TestDisplayName;
        var name = Describe(display.Split('(')[0].Split('.')[^1]);
        var arguments = display.Contains('(') ? $" ({display.Split(": ")[^1].TrimEnd(')')})" : string.Empty;
        var column = fixture.GetType().Name.Replace("On", " on ").Replace("Rgw", "Ceph RGW");
        Results[(name + arguments, column)] = test.TestState!.Result switch
        {
            TestResult.Passed => "passed",
            TestResult.Skipped => "skipped",
            _ => "failed",
        };
        lock (Writing)
            File.WriteAllText(file, Write());
    }

    /// <summary>Turns "EmptyType_File_IsTyped" into "Empty type file is typed".</summary>
    private static string Describe(string method)
    {
        var words = InnerCapital().Replace(method, " $0").Replace('_', ' ').ToLowerInvariant().Replace("cors", "CORS");
        return char.ToUpperInvariant(words[0]) + words[1..];
    }

    [GeneratedRegex("(?<=[a-z])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")]
    private static partial Regex InnerCapital();

    private static string Write()
    {
        string[] columns = [.. Results.Keys.Select(static key => key.Column).Distinct().Order()];
        var lines = Results.Keys.Select(static key => key.Scenario).Distinct().Order()
            .Select(scenario => (scenario, Cells: columns.Select(column => Results.GetValueOrDefault((scenario, column), "–"))))
            .Select(static line => $"| {line.scenario} | {string.Join(" | ", line.Cells)} |");
        return $"""
            # The browser client in real browsers

            Written by the tests in tests/browser/DirectUpload.Browser.Tests/Client: each scenario runs in each browser against each S3 server.

            | scenario | {string.Join(" | ", columns)} |
            |---|{string.Concat(columns.Select(static _ => "---|"))}
            {string.Join('\n', lines)}

            """;
    }
}
