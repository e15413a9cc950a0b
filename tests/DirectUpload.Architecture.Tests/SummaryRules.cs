using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace DirectUpload.Architecture.Tests;

/// <summary>A summary is one sentence that starts with a verb in the third person, as in the .NET class library.</summary>
internal static partial class SummaryRules
{
    // Words that end like a verb in the third person and are none.
    private static readonly string[] OtherWords =
    [
        "This", "Its", "Is", "Was", "Has", "As", "Always", "Us", "Perhaps", "Sometimes", "Whereas", "Plus", "Minus", "Bytes", "Codes",
        "Constants",
        "Details", "Errors", "Events", "Extensions", "Files", "Headers", "Items", "Keys", "Members", "Messages", "Methods", "Names",
        "Options",
        "Others", "Parameters", "Parts", "Properties", "Records", "Rules", "Seconds", "Settings", "Things", "Tokens", "Types", "Users",
        "Values",
    ];

    public static IEnumerable<string> FindProblems(ISymbol symbol, XElement? summary)
    {
        var text = summary is null ? "" : Read(summary);
        if (text.Length == 0)
            return ["no <summary>"];
        return [
            .. text.EndsWith('.') ? Array.Empty<string>() : ["the summary does not end with a period"],
            .. EndOfSentence().IsMatch(text) ? ["the summary has several sentences"] : Array.Empty<string>(),
            .. StartsWell(symbol, text)
                ? Array.Empty<string>()
                : [$"the summary starts with \"{FirstWord().Match(text).Value}\", {Expectation(symbol)}"],
        ];
    }

    // What stands in a tag is a name, and may hold periods.
    private static string Read(XElement summary) =>
        Spaces().Replace(string.Concat(summary.Nodes().Select(node => node is XText text ? text.Value : "_")), " ").Trim();

    private static bool StartsWell(ISymbol symbol, string text) => symbol switch
    {
        // An enum member or a constant is named by what it is.
        IFieldSymbol => char.IsUpper(text[0]) || text[0] == '_',
        IPropertySymbol
        {
            SetMethod:
            {
                IsInitOnly: false, DeclaredAccessibility: not Accessibility.Private
            and not Accessibility.Internal
            }
        } =>
            text.StartsWith("Gets or sets ", StringComparison.Ordinal),
        IPropertySymbol =>
            text.StartsWith("Gets ", StringComparison.Ordinal) && !text.StartsWith("Gets or sets ", StringComparison.Ordinal),
        _ => IsThirdPerson(FirstWord().Match(text).Value),
    };

    private static string Expectation(ISymbol symbol) =>
        symbol is IPropertySymbol ? "not with \"Gets\" or \"Gets or sets\" as its accessors demand" : "not with a verb in the third person";

    private static bool IsThirdPerson(string word) =>
        word.Length > 2 && char.IsUpper(word[0]) && ThirdPerson().IsMatch(word) && !OtherWords.Contains(word);

    [GeneratedRegex("(?<!s|u|i)s$")]
    private static partial Regex ThirdPerson();

    [GeneratedRegex(@"^\S+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"(?<!\b(?:e\.g|i\.e|etc))[.!?][""')]*\s+(?=\S)")]
    private static partial Regex EndOfSentence();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
