#pragma warning disable RCS0056 // Lines of data are kept whole.
using System.Globalization;
using System.Text;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>The results as a page of the documentation.</summary>
internal sealed class GrowthReport(IReadOnlyList<GrowthResult> results)
{
    /// <summary>What a call may cost at the largest size, relative to the smallest.</summary>
    public const double MaxRatio = 1.5;

    public bool IsWithinLimits =>
        results.All(result => result.Operations.All(verb => verb.Ratio <= MaxRatio && verb.Plan is not { ReadsAll: true }));

    public string Markdown
    {
        get
        {
            var page = new StringBuilder($"""
                # Growth of stores: what a call costs in a large table

                Each figure is the median of {StoreGrowth.Calls.ToString("N0", CultureInfo.InvariantCulture)} single calls, in microseconds. All sizes are open at the same time and are called in turns,
                so the ratios hold on a busy machine; the times are of one machine at one moment. Each owner has 100 records at every size,
                of which 57 belong to one entity; 20 of all records have failed. The largest size may cost at most {MaxRatio.ToString(CultureInfo.InvariantCulture)} times the smallest.

                Made by `dotnet run -c Release --project tests/DirectUpload.Benchmarks -- store-growth --write docs/evidence/store-growth.md`.

                """);
            foreach (var result in results)
                AppendTable(page, result);
            page.Append(
                "\n## Query plans\n\nAs the databases print them, at the largest size; for DynamoDB, the requests. No plan may read the " +
                "whole table, or sort what an index has in order.\n");
            foreach (var result in results)
                AppendPlans(page, result);
            return page.ToString();
        }
    }

    private static void AppendTable(StringBuilder page, GrowthResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {result.Subject}\n\n| call |");
        foreach (var size in result.Sizes)
            page.Append(CultureInfo.InvariantCulture, $" {size:N0} records |");
        page.Append(" largest / smallest |\n|---|").Insert(page.Length, "--:|", result.Sizes.Count + 1).Append('\n');
        foreach (var verb in result.Operations)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {verb.Name} |");
            foreach (var median in verb.Medians)
                page.Append(CultureInfo.InvariantCulture, $" {median.TotalMicroseconds:N0} |");
            page.Append(CultureInfo.InvariantCulture, $" {verb.Ratio:N2}{(verb.Ratio > MaxRatio ? " **too much**" : string.Empty)} |\n");
        }
    }

    private static void AppendPlans(StringBuilder page, GrowthResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {result.Subject}\n");
        foreach (var verb in result.Operations)
        {
            if (verb.Plan is { } plan)
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"\n{verb.Name}{(plan.ReadsAll ? ": **reads all**" : string.Empty)}\n```\n{string.Join('\n', plan.Lines)}\n```\n");
        }
    }
}
