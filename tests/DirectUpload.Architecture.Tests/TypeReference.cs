using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DirectUpload.Architecture.Tests;

/// <summary>One use of a type by another one, in a signature or in a body; documentation and imports do not count.</summary>
internal sealed record TypeReference(INamedTypeSymbol From, INamedTypeSymbol To, string Path)
{
    // Resolving all names of a package takes seconds; several rules ask for them.
    private static readonly ConditionalWeakTable<PackageSource, List<TypeReference>> Known = [];

    /// <summary>The references of every type of a package to other types, each once.</summary>
    public static IReadOnlyList<TypeReference> In(PackageSource package) =>
        Known.GetValue(package, found => [.. found.Files.SelectMany(file => In(found.Compilation, file)).Distinct()]);

    private static IEnumerable<TypeReference> In(CSharpCompilation compilation, SyntaxTree file)
    {
        var model = compilation.GetSemanticModel(file);
        foreach (var declaration in file.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(IsOutermostType))
        {
            var from = (INamedTypeSymbol)model.GetDeclaredSymbol(declaration)!;
            foreach (var node in declaration.DescendantNodes()
                .Where(node => node is ExpressionSyntax or ConstructorInitializerSyntax or AttributeSyntax))
            {
                foreach (var to in TypesOf(model, node).SelectMany(Named).Where(to => !SymbolEqualityComparer.Default.Equals(from, to)))
                    yield return new(from, to, file.FilePath);
            }
        }
    }

    private static bool IsOutermostType(MemberDeclarationSyntax member) =>
        member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member.Parent is not TypeDeclarationSyntax;

    // The member that a name means belongs to a type; an expression has one, although the code may not name it.
    private static IEnumerable<ITypeSymbol?> TypesOf(SemanticModel model, SyntaxNode node)
    {
        var symbol = model.GetSymbolInfo(node).Symbol;
        yield return symbol as ITypeSymbol ?? symbol?.ContainingType;
        if (node is BaseObjectCreationExpressionSyntax)
            yield return model.GetTypeInfo(node).Type;
    }

    private static IEnumerable<INamedTypeSymbol> Named(ITypeSymbol? type) => type switch
    {
        INamedTypeSymbol named =>
            named.TypeArguments.SelectMany(Named).Append(Outermost(named).OriginalDefinition).Where(one => one.TypeKind != TypeKind.Error),
        IArrayTypeSymbol array => Named(array.ElementType),
        _ => [],
    };

    private static INamedTypeSymbol Outermost(INamedTypeSymbol type) => type.ContainingType is { } outer ? Outermost(outer) : type;
}
