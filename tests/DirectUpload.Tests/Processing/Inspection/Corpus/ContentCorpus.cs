using System.IO.Compression;

namespace DirectUpload.Tests.Processing.Inspection.Corpus;

/// <summary>Reads tests/content-corpus: the archive and its tables.</summary>
internal sealed class ContentCorpus
{
    private static readonly Lazy<ContentCorpus> Instance = new(() => new ContentCorpus());

    private ContentCorpus()
    {
        using var archive = ZipFile.OpenRead(PathOf("corpus.zip"));
        Files = ReadTable("files.tsv").ToDictionary(
            cells => cells[0], cells => new CorpusFile(cells[1], cells[2], cells[3], Read(archive, cells[0])), StringComparer.Ordinal);
        Honest = [.. ReadTable("honest.tsv").Select(CorpusPair.Parse)];
        var disguises = ReadTable("disguises.tsv").ToList();
        Disguises = [.. disguises.Select(CorpusPair.Parse)];
        DisguiseKinds = disguises.ToDictionary(CorpusPair.Parse, cells => cells[4]);
    }

    public static ContentCorpus Current => Instance.Value;

    public static string Repository { get; } = FindRepository();

    public IReadOnlyDictionary<string, CorpusFile> Files { get; }

    public IReadOnlyList<CorpusPair> Honest { get; }

    public IReadOnlyList<CorpusPair> Disguises { get; }

    /// <summary>What each disguise is, and what it pretends to be.</summary>
    public IReadOnlyDictionary<CorpusPair, string> DisguiseKinds { get; }

    public static string PathOf(string name) => Path.Combine(Repository, "tests", "content-corpus", name);

    /// <summary>Reads the rows of a table below its header.</summary>
    public static IEnumerable<string[]> ReadTable(string name) => File.ReadLines(PathOf(name)).Skip(1).Select(line => line.Split('\t'));

    private static byte[] Read(ZipArchive archive, string name)
    {
        using var content = archive.GetEntry(name)!.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DirectUpload.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
