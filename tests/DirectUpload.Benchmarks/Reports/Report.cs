namespace DirectUpload.Benchmarks.Reports;

/// <summary>
/// Prints a table, and with <c>--write FILE</c> puts it into a page of the documentation, in place of what is between the comments
/// <c>begin NAME</c> and <c>end NAME</c>.
/// </summary>
internal sealed class Report(string name, string[] options)
{
    public const string WriteOption = "--write";

    private readonly List<string> _lines = [];

    public void Add(string line)
    {
        Console.WriteLine(line);
        _lines.Add(line);
    }

    public async Task SaveAsync()
    {
        if (Array.IndexOf(options, WriteOption) is not (>= 0 and var at))
            return;
        var path = options[at + 1];
        var (begin, end) = ($"<!-- begin {name} -->\n", $"<!-- end {name} -->");
        var page = await File.ReadAllTextAsync(path);
        var start = page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        var stop = page.IndexOf(end, StringComparison.Ordinal);
        if (start < begin.Length || stop < start)
            throw new InvalidOperationException($"{path} has no place for this table: it needs the lines\n{begin}{end}");
        await File.WriteAllTextAsync(path, $"{page[..start]}\n{string.Join('\n', _lines)}\n\n{page[stop..]}");
    }
}
