using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>A class as it is written: its name, the words before it, what it derives from, and its file.</summary>
internal sealed partial record ClassDeclaration(string Name, string Modifiers, string Bases, SourceFile File)
{
    public static IReadOnlyList<ClassDeclaration> In(IEnumerable<SourceFile> files) =>
        [.. from file in files
            from Match match in Declaration().Matches(WithoutParentheses(file.Code))
            select new ClassDeclaration(match.Groups["name"].Value, match.Groups["modifiers"].Value, match.Groups["bases"].Value, file)];

    public bool Is(string modifier) => Modifiers.Split(' ').Contains(modifier);

    /// <summary>This class and those of <paramref name="all"/> that it derives from.</summary>
    public IEnumerable<ClassDeclaration> Line(IReadOnlyList<ClassDeclaration> all) =>
        all.Where(other => other.Name != Name && Names(Bases, other.Name)).SelectMany(parent => parent.Line(all)).Prepend(this);

    public bool Derives(string ancestor, IReadOnlyList<ClassDeclaration> all) => Line(all).Any(one => Names(one.Bases, ancestor));

    public static bool Names(string code, string name) => Regex.IsMatch(code, $@"\b{name}\b");

    // Parameters of constructors and attributes stand between a class and its bases.
    private static string WithoutParentheses(string code)
    {
        var without = Parentheses().Replace(code, "");
        return without == code ? code : WithoutParentheses(without);
    }

    [GeneratedRegex(
        @"(?<modifiers>(?:\b(?:public|internal|private|protected|file|sealed|abstract|static|partial|record)\s+)*)"
        + @"class\s+(?<name>\w+)(?:<[^{;:]*>)?\s*(?::(?<bases>[^{;]*?))?(?=\{|;|\bwhere\b)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\([^()]*\)")]
    private static partial Regex Parentheses();
}
