using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DirectUpload.Architecture.Tests;

/// <summary>The rules of XML documentation on everything that a user of a package can call.</summary>
internal static class PublicDocumentationRules
{
    private static readonly string[] WithoutResult =
        ["void", "System.Threading.Tasks.Task", "System.Threading.Tasks.ValueTask"];

    /// <summary>Finds every rule that the public and protected members of a package break.</summary>
    public static IEnumerable<string> FindViolations(PackageSource package) =>
        from symbol in PublicSymbols.In(package)
        from problem in FindProblems(symbol)
        let line = symbol.Locations[0].GetLineSpan()
        let name = symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
        select $"{line.Path}({line.StartLinePosition.Line + 1}): {name}: {problem}";

    private static IEnumerable<string> FindProblems(ISymbol symbol)
    {
        if (Parse(symbol) is not { } documentation)
            return ["no documentation"];
        // The compiler copies the documentation of the base.
        if (documentation.Elements("inheritdoc").Any())
            return [];
        return [
            // The summary of a primary constructor is that of its type.
            .. IsPrimaryConstructor(symbol) ? [] : SummaryRules.FindProblems(symbol, documentation.Element("summary")),
            .. MissingNames(documentation, "typeparam", TypeParameters(symbol).Select(parameter => parameter.Name)),
            .. MissingNames(documentation, "param", Parameters(symbol).Select(parameter => parameter.Name)),
            .. HasResult(symbol) && IsMissing(documentation, "returns") ? ["no <returns>"] : Array.Empty<string>(),
            .. IsOption(symbol) && IsMissing(documentation, "value") ? ["no <value>"] : Array.Empty<string>(),
        ];
    }

    private static XElement? Parse(ISymbol symbol)
    {
        var documented = IsPrimaryConstructor(symbol) ? symbol.ContainingType : symbol;
        var text = documented.GetDocumentationCommentXml();
        // A badly formed text becomes a comment.
        return string.IsNullOrWhiteSpace(text) || text.StartsWith("<!--", StringComparison.Ordinal) ? null : XElement.Parse(text);
    }

    private static IEnumerable<string> MissingNames(XElement documentation, string element, IEnumerable<string> names) =>
        names.Where(name => !documentation.Elements(element).Any(it => (string?)it.Attribute("name") == name && !IsEmpty(it)))
            .Select(name => $"no <{element} name=\"{name}\">");

    private static bool IsMissing(XElement documentation, string element) => documentation.Elements(element).All(IsEmpty);

    private static bool IsEmpty(XElement element) => element.IsEmpty || string.IsNullOrWhiteSpace(string.Concat(element.Nodes()));

    private static ImmutableArray<ITypeParameterSymbol> TypeParameters(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol type => type.TypeParameters,
        IMethodSymbol method => method.TypeParameters,
        _ => [],
    };

    private static ImmutableArray<IParameterSymbol> Parameters(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => invoke.Parameters,
        IMethodSymbol method => method.Parameters,
        IPropertySymbol property => property.Parameters,
        _ => [],
    };

    private static bool HasResult(ISymbol symbol) => symbol switch
    {
        INamedTypeSymbol { DelegateInvokeMethod: { } invoke } => HasResult(invoke),
        IMethodSymbol { MethodKind: MethodKind.Constructor } => false,
        IMethodSymbol method => !WithoutResult.Contains(method.ReturnType.ToDisplayString()),
        _ => false,
    };

    private static bool IsOption(ISymbol symbol) =>
        symbol is IPropertySymbol { IsStatic: false, SetMethod.DeclaredAccessibility: Accessibility.Public }
        && symbol.ContainingType.Name.EndsWith("Options", StringComparison.Ordinal);

    private static bool IsPrimaryConstructor(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.Constructor, DeclaringSyntaxReferences: [var syntax, ..] }
        && syntax.GetSyntax() is TypeDeclarationSyntax;
}
