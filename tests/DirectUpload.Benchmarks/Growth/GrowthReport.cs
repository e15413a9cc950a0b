using System.Globalization;
using System.Text;

namespace DirectUpload.Benchmarks.Growth;

/// <summary>The results as a page of the documentation.</summary>
internal sealed class GrowthReport(IReadOnlyList<GrowthResult> results)
{
    /// <summary>What a call may cost at the largest size, relative to the smallest.</summary>
    public const double MostRatio = 1.5;

    public bool IsGood => results.All(result => result.Verbs.All(verb => verb.Ratio <= MostRatio && verb.Plan is not { ReadsAll: true }));

    public string Markdown
    {
        get
        {
            var page = new StringBuilder($"""
                # How stores grow

                What a call costs among few records and among many: the median of {StoreGrowth.Calls.ToString("N0", CultureInfo.InvariantCulture)} single calls, in microseconds. All sizes are open at once and are called by turns, so the
                ratios hold on a busy machine; the times are of one machine and one moment. Each owner has 100 records at any size. The most that the largest may cost
                is {MostRatio.ToString(CultureInfo.InvariantCulture)} times the smallest.

                Made by `dotnet run -c Release --project tests/DirectUpload.Benchmarks -- store-growth --write docs/store-growth.md`.

                """);
            foreach (var result in results)
                Table(page, result);
            page.Append("\n## Query plans\n\nIn the databases' own words, at the largest size; DynamoDB's are the requests that it is sent. None may read the whole table, or sort what an index has in order.\n");
            foreach (var result in results)
                Plans(page, result);
            return page.ToString();
        }
    }

    private static void Table(StringBuilder page, GrowthResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {result.Subject}\n\n| call |");
        foreach (var size in result.Sizes)
            page.Append(CultureInfo.InvariantCulture, $" {size:N0} records |");
        page.Append(" largest / smallest |\n|---|").Insert(page.Length, "--:|", result.Sizes.Count + 1).Append('\n');
        foreach (var verb in result.Verbs)
        {
            page.Append(CultureInfo.InvariantCulture, $"| {verb.Name} |");
            foreach (var median in verb.Medians)
                page.Append(CultureInfo.InvariantCulture, $" {median.TotalMicroseconds:N0} |");
            page.Append(CultureInfo.InvariantCulture, $" {verb.Ratio:N2}{(verb.Ratio > MostRatio ? " **too much**" : string.Empty)} |\n");
        }
    }

    private static void Plans(StringBuilder page, GrowthResult result)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {result.Subject}\n");
        foreach (var verb in result.Verbs)
        {
            if (verb.Plan is { } plan)
                page.Append(CultureInfo.InvariantCulture, $"\n{verb.Name}{(plan.ReadsAll ? ": **reads all**" : string.Empty)}\n```\n{string.Join('\n', plan.Lines)}\n```\n");
        }
    }
}
