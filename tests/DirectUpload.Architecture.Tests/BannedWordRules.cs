using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>The words that the project does not use, in names and in prose, and what replaces each.</summary>
internal static partial class BannedWordRules
{
    /// <summary>Patterns of whole words; a name such as <c>IsSettled</c> is read as its words.</summary>
    private static readonly string[] Patterns =
    [
        "whoever", "nobody", "somebody", "anew", "seldom", "save for", "save where", "is none", "(?:is|was|be) had", "to be had", "tells?",
        "told", "telling", "looked after", "at hand", "by its end", "goes on",
        "takes over for good", "in so many words", "as a rule", "meanwhile it is", "is said once", "said once",
        "promised", "observers?", "derivatives?", "verdicts?", "outages?", "frozen", "settled", "held bytes",
        "finali[s]\\w*", "authori[s]\\w*", "normali[s]\\w*", "recogni[s]\\w*", "organi[s]\\w*", "reali[s]e\\w*", "seriali[s]\\w*",
        "initiali[s]\\w*", "synchroni[s]\\w*", "summari[s]e\\w*", "optimi[s](?!m|t)\\w*",
        "minimi[s]\\w*", "maximi[s]\\w*", "utili[s]\\w*", "sanitis\\w*", "randomis\\w*", "cancell(?:ed|ing)", "behaviours?", "licence\\w*",
        "colours?", "favour\\w*", "honour\\w*", "neighbour\\w*", "centre\\w*", "labell\\w*",
        "modell(?:ed|ing)", "catalogue\\w*", "defence", "grey", "whilst", "amongst",
    ];

    /// <summary>Names of .NET, AWS, packages and protocols, which keep their spelling.</summary>
    private static readonly string[] Allowed = ["Serilog", "minimist"];

    [GeneratedRegex(@"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")]
    private static partial Regex WordBoundary();

    [GeneratedRegex(@"```.*?```|https?://\S+|Collections\.Frozen|(?:To)?Frozen(?:Dictionary|Set)", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    private static readonly Regex Banned = new(
        $@"(?<![\w-])(?:{string.Join('|', Patterns)})(?![\w-])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The banned words of a text, each with its line.</summary>
    public static IEnumerable<string> Find(string path, string text)
    {
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var words = WordBoundary().Replace(Quoted().Replace(line, " "), " ");
            foreach (Match match in Banned.Matches(words))
            {
                if (!Allowed.Contains(match.Value))
                    yield return $"{path}({number}): {match.Value}";
            }
        }
    }

    /// <summary>Everything that users read: src, samples, docs and the README files.</summary>
    public static IEnumerable<string> FindAll()
    {
        var root = Path.GetDirectoryName(SourceFile.SrcFolder)!;
        return new[] { "src", "samples", "docs" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(root, "*.md"))
            .Where(IsText)
            .Select(path => (Full: path, Path: Path.GetRelativePath(root, path).Replace('\\', '/')))
            .Where(file => !file.Path.Split('/').Any(folder => folder is "bin" or "obj" or "node_modules" or "dist" or "_site" or "api"))
            .Order()
            .SelectMany(file => Find(file.Path, File.ReadAllText(file.Full)));
    }

    private static bool IsText(string path) =>
        Path.GetExtension(path) is ".cs" or ".md" or ".html" or ".js" or ".json" or ".csproj" or ".props" or ".targets" or ".txt" or ".yml"
            or ".yaml" or ".svg" or ".cshtml" or ".razor";
}
