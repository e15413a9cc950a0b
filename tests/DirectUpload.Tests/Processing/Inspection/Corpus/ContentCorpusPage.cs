using System.Text;

namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Writes docs/evidence/content-inspection.md.</summary>
/// <param name="corpus">The files and pairs.</param>
/// <param name="refused">The honest pairs that the service refuses.</param>
/// <param name="taken">The disguises that the service takes.</param>
/// <param name="exceptions">The explanations.</param>
internal sealed class ContentCorpusPage(
    ContentCorpus corpus, IReadOnlySet<CorpusPair> refused, IReadOnlySet<CorpusPair> taken, CorpusExceptions exceptions)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        AppendSummary();
        AppendHonest();
        AppendDisguises();
        AppendExceptions("Honest files that are refused", refused);
        AppendExceptions("Disguises that are taken", taken);
        AppendWriters();
        return _text.ToString();
    }

    private void AppendSummary()
    {
        _text.Append("# Content inspection: honest files and disguises\n\n");
        _text.Append("Each pair of a file and a declared type is a whole upload: requested, stored, confirmed and inspected.\n\n");
        _text.Append("- Honest: real programs wrote most files; the generator wrote the others as editors and devices save them. ");
        _text.Append("The declared types are those that browsers, operating systems and phones send. ");
        _text.Append("The profile accepts the true type of the file.\n");
        _text.Append("- Disguises: name and declared type hide what the file is. The profile does not accept what the file is.\n\n");
        _text.Append("[The corpus](../../tests/content-corpus/README.md) has every file and pair. This page is generated; ");
        _text.Append("a test fails when a decision changes, or when an exception has no explanation.\n\n");
        _text.Append("| | pairs | files | target | exceptions |\n|---|--:|--:|--:|--:|\n");
        AppendTotal("honest files that are refused", corpus.Honest, refused);
        AppendTotal("disguises that are taken", corpus.Disguises, taken);
    }

    private void AppendTotal(string name, IReadOnlyList<CorpusPair> pairs, IReadOnlySet<CorpusPair> exceptional) =>
        _text.Append($"| {name} | {pairs.Count} | {CountFiles(pairs)} | 0 | {exceptional.Count} |\n");

    private void AppendHonest()
    {
        _text.Append("\n## Honest files\n\n");
        _text.Append("| true type | files | writers | declared types | pairs | refused |\n|---|--:|--:|--:|--:|--:|\n");
        foreach (var type in corpus.Honest.GroupBy(pair => corpus.Files[pair.File].Type).OrderBy(it => it.Key, StringComparer.Ordinal))
        {
            var files = type.Select(pair => corpus.Files[pair.File]).Where(file => file.HasWriter);
            var writers = files.Select(file => file.Writer).Distinct();
            var declared = type.Select(pair => pair.DeclaredType).Distinct().Count();
            _text.Append($"| {type.Key} | {CountFiles(type)} | {writers.Count()} | {declared} | {type.Count()} | ");
            _text.Append($"{type.Count(refused.Contains)} |\n");
        }
    }

    private void AppendDisguises()
    {
        _text.Append("\n## Disguises\n\n| the file is | pairs | taken |\n|---|--:|--:|\n");
        foreach (var kind in corpus.Disguises.GroupBy(pair => corpus.DisguiseKinds[pair].Split(" as ")[0]))
            _text.Append($"| {kind.Key} | {kind.Count()} | {kind.Count(taken.Contains)} |\n");
    }

    private void AppendExceptions(string title, IReadOnlySet<CorpusPair> pairs)
    {
        _text.Append($"\n## {title}\n");
        if (pairs.Count == 0)
            _text.Append("\nNone.\n");
        foreach (var reason in pairs.GroupBy(exceptions.Explain).OrderBy(it => it.Key, StringComparer.Ordinal))
        {
            _text.Append($"\n{reason.Key}\n\n| file | name | declared types | profile |\n|---|---|---|---|\n");
            foreach (var file in reason.GroupBy(pair => (pair.File, pair.Name, pair.Profile)))
            {
                var declared = file.Select(pair => pair.DeclaredType.Length == 0 ? "none" : pair.DeclaredType);
                _text.Append($"| {file.Key.File} | {file.Key.Name} | {string.Join(", ", declared)} | {file.Key.Profile} |\n");
            }
        }
    }

    private void AppendWriters()
    {
        var writers = corpus.Files.Values.Where(file => file.HasWriter).GroupBy(file => (file.Writer, file.Version)).ToList();
        _text.Append("\n## Writers\n\n");
        _text.Append("Names are those of Debian packages, or of npm packages where they begin with `npm:`. ");
        _text.Append("The generator writes the other files byte by byte, as editors, devices and attackers save them.\n\n");
        _text.Append("| writer | version | files |\n|---|---|--:|\n");
        foreach (var writer in writers.OrderBy(it => it.Key.Writer, StringComparer.Ordinal))
            _text.Append($"| {writer.Key.Writer} | {writer.Key.Version} | {writer.Count()} |\n");
    }

    private static int CountFiles(IEnumerable<CorpusPair> pairs) => pairs.Select(pair => pair.File).Distinct().Count();
}
