namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>
/// Uploads every pair of tests/content-corpus and compares the decisions with docs/evidence/content-inspection.md;
/// DIRECTUPLOAD_CONTENT_TABLE=write writes the page and exceptions.tsv.
/// </summary>
public sealed class ContentCorpusTests
{
    private const string HowToWrite =
        "DIRECTUPLOAD_CONTENT_TABLE=write dotnet test --project tests/DirectUpload.Tests --filter-class '*ContentCorpusTests*' writes it";

    private static bool Writes => Environment.GetEnvironmentVariable("DIRECTUPLOAD_CONTENT_TABLE") == "write";

    private static ContentCorpus Corpus => ContentCorpus.Current;

    [Fact]
    public async Task EveryPair_IsDecidedAsThePageSays()
    {
        var (refused, taken) = await DecideAsync();
        if (Writes)
            new CorpusExceptions().Write([.. refused.Keys, .. taken]);

        var exceptions = new CorpusExceptions();
        Join(refused.Where(pair => exceptions.Explain(pair.Key).Length == 0).Select(pair => $"{pair.Key}: {pair.Value}"))
            .Should().BeEmpty("the service accepts an honest file, or exceptions.tsv explains why it does not");
        Join(taken.Where(pair => exceptions.Explain(pair).Length == 0))
            .Should().BeEmpty("the service refuses a disguise, or exceptions.tsv explains why it does not");
        Join(exceptions.Pairs.Except([.. refused.Keys, .. taken]))
            .Should().BeEmpty("an explanation is for an exception; {0}", HowToWrite);

        var file = Path.Combine(ContentCorpus.Repository, "docs", "evidence", "content-inspection.md");
        var page = new ContentCorpusPage(Corpus, refused.Keys.ToHashSet(), taken, exceptions).Write();
        if (Writes)
            await File.WriteAllTextAsync(file, page, TestContext.Current.CancellationToken);
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).Should().Be(page, HowToWrite);
    }

    [Fact]
    public void Corpus_IsLargeEnough()
    {
        Corpus.Honest.Should().HaveCountGreaterThanOrEqualTo(400).And.OnlyHaveUniqueItems();
        Corpus.Disguises.Should().HaveCountGreaterThanOrEqualTo(200).And.OnlyHaveUniqueItems();
        Corpus.Honest.Select(pair => Corpus.Files[pair.File]).Where(file => file.HasWriter).Select(file => file.Writer).Distinct()
            .Should().HaveCountGreaterThanOrEqualTo(12);
        Corpus.Honest.Concat(Corpus.Disguises).Select(pair => pair.File).Should().BeSubsetOf(Corpus.Files.Keys);
    }

    private static string Join<T>(IEnumerable<T> lines) => string.Join('\n', lines);

    private static async Task<(Dictionary<CorpusPair, string> Refused, HashSet<CorpusPair> Taken)> DecideAsync()
    {
        await using var uploader = new CorpusUploader([.. Corpus.Honest, .. Corpus.Disguises]);
        var refused = new Dictionary<CorpusPair, string>();
        foreach (var pair in Corpus.Honest)
        {
            if (await uploader.FindRefusalAsync(pair) is { } reason)
                refused.Add(pair, reason);
        }

        var taken = new HashSet<CorpusPair>();
        foreach (var pair in Corpus.Disguises)
        {
            if (await uploader.FindRefusalAsync(pair) is null)
                taken.Add(pair);
        }

        return (refused, taken);
    }
}
