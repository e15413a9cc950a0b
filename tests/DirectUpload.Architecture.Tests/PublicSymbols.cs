using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DirectUpload.Architecture.Tests;

/// <summary>Lists the types and members of a package that its users can reach and that are written by hand.</summary>
internal static class PublicSymbols
{
    public static IEnumerable<ISymbol> In(PackageSource package) =>
        from type in AllTypes(package.Compilation.Assembly.GlobalNamespace)
        where IsReachable(type)
        from symbol in Members(type).Prepend(type)
        select symbol;

    private static IEnumerable<INamedTypeSymbol> AllTypes(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(it => it is INamedTypeSymbol type ? AllTypes(type).Prepend(type) : AllTypes(it));

    // A delegate's members are generated.
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type) => type.TypeKind == TypeKind.Delegate
        ? []
        : type.GetMembers().Where(member => member is not INamedTypeSymbol && IsVisible(member) && IsWritten(member));

    private static bool IsReachable(INamedTypeSymbol type) =>
        IsVisible(type) && (type.ContainingType is null || IsReachable(type.ContainingType));

    private static bool IsVisible(ISymbol symbol) =>
        symbol.DeclaredAccessibility == Accessibility.Public
        || (symbol.DeclaredAccessibility is Accessibility.Protected or Accessibility.ProtectedOrInternal
            && symbol.ContainingType is { IsSealed: false });

    // The parameter of a positional record is its property; its documentation is the <param> of the type.
    private static bool IsWritten(ISymbol member) =>
        !member.IsImplicitlyDeclared
        && member.DeclaringSyntaxReferences is [var syntax, ..] && syntax.GetSyntax() is not ParameterSyntax
        && member is not IMethodSymbol
        {
            MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.EventAdd
            or MethodKind.EventRemove
        };
}
