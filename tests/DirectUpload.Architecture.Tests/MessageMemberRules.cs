using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DirectUpload.Architecture.Tests;

/// <summary>Holds messages to the members that exist: a user who follows a message must find what it names.</summary>
internal static partial class MessageMemberRules
{
    /// <summary>Finds the members that messages name and no public type has.</summary>
    public static IEnumerable<string> FindUnknown(IReadOnlyList<PackageSource> packages)
    {
        var symbols = packages.SelectMany(PublicSymbols.In).ToList();
        // "DirectUpload." begins names of packages, event sources and cookies, and no member of the Blazor component.
        var members = symbols.OfType<INamedTypeSymbol>().Where(type => type.Name != "DirectUpload")
            .SelectMany(type => MemberNames(type).Select(name => (type.Name, Member: name)))
            .ToLookup(pair => pair.Name, pair => pair.Member);
        var settings = symbols.OfType<IPropertySymbol>().Select(property => property.Name).ToHashSet();
        return from package in packages
               from file in package.Files
               from token in file.GetRoot().DescendantTokens()
               where token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken
               from unknown in FindUnknown(token.ValueText, members, settings)
               select $"{Path.GetFileName(file.FilePath)}({file.GetLineSpan(token.Span).StartLinePosition.Line + 1}): {unknown}";
    }

    private static IEnumerable<string> MemberNames(INamedTypeSymbol? type) =>
        type is null ? [] : type.MemberNames.Concat(MemberNames(type.BaseType));

    private static IEnumerable<string> FindUnknown(string text, ILookup<string, string> members, HashSet<string> settings) =>
        QualifiedMember().Matches(text)
            .Where(match => members.Contains(match.Groups["type"].Value)
                && !members[match.Groups["type"].Value].Contains(match.Groups["member"].Value))
            .Concat(Setting().Matches(text).Where(match => !settings.Contains(match.Groups["name"].Value)))
            .Select(match => match.Value);

    [GeneratedRegex(@"(?<![\w.])(?<type>[A-Z]\w+)\.(?<member>[A-Z]\w+)")]
    private static partial Regex QualifiedMember();

    // "set FinalizeInPlace to false", "sets ClientsMayAssociate for the profile"
    [GeneratedRegex(@"\b[Ss]ets? (?<name>(?:[A-Z][a-z0-9]+){2,})(?![\w.]| (?:\w+ )?(?:header|option))")]
    private static partial Regex Setting();
}
