using System.Text;

namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Reads and writes exceptions.tsv: the pairs that are decided against the target, each with an explanation.</summary>
internal sealed class CorpusExceptions
{
    private const string FileName = "exceptions.tsv";
    private const string Header = "file\tname\tdeclared type\tprofile\texplanation\n";

    private readonly Dictionary<CorpusPair, string> _explanations =
        ContentCorpus.ReadTable(FileName).ToDictionary(CorpusPair.Parse, cells => cells[4]);

    public IReadOnlyCollection<CorpusPair> Pairs => _explanations.Keys;

    /// <summary>Gets the explanation of a pair; empty when there is none.</summary>
    public string Explain(CorpusPair pair) => _explanations.GetValueOrDefault(pair, string.Empty);

    /// <summary>Keeps the explanations of the pairs that still are exceptions, and adds a row to be filled in for each new one.</summary>
    public void Write(IEnumerable<CorpusPair> exceptions)
    {
        var text = new StringBuilder(Header);
        foreach (var pair in exceptions)
            text.Append(pair.ToLine()).Append('\t').Append(Explain(pair)).Append('\n');
        File.WriteAllText(ContentCorpus.PathOf(FileName), text.ToString());
    }
}
