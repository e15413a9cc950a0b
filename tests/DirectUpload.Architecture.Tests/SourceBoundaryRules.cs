using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DirectUpload.Architecture.Tests;

/// <summary>The types of the outside world, and the only places that may use them.</summary>
internal static class SourceBoundaryRules
{
    /// <summary>
    /// The files of the core that use the AWS SDK: it belongs to the lookup of credentials and endpoints, to Storage and to registration.
    /// </summary>
    public static IEnumerable<string> SdkUses(PackageSource core) =>
        FilesThatUse(core, type => IsBelow(type, "Amazon"))
            .Where(path => path is not ("DirectUpload/Presigning/BucketConnection.cs" or "DirectUpload/Presigning/CredentialSource.cs")
                && !path.StartsWith("DirectUpload/Storage/", StringComparison.Ordinal)
                && !path.StartsWith("DirectUpload/DependencyInjection/", StringComparison.Ordinal));

    /// <summary>The files of the core outside Storage that use an HTTP status code.</summary>
    public static IEnumerable<string> StatusCodesInCore(PackageSource core) =>
        FilesThatUse(core, IsStatusType).Where(path => !path.StartsWith("DirectUpload/Storage/", StringComparison.Ordinal));

    /// <summary>
    /// The files of the web package that write an HTTP status code: as a type of the framework, or as a number of three digits in an
    /// <c>int</c>.
    /// </summary>
    public static IEnumerable<string> StatusCodesInWeb(PackageSource web) =>
        FilesThatUse(web, IsStatusType).Concat(web.Files.Where(WritesStatusCode).Select(file => file.FilePath)).Distinct();

    /// <summary>The stores that decide which status follows which.</summary>
    public static IEnumerable<string> StoresThatDecide(PackageSource package) =>
        from reference in TypeReference.In(package)
        where reference.From.Name.EndsWith("Store", StringComparison.Ordinal) && reference.To.Name is "UploadLifecycle" or "UploadEvent"
        select reference.Path;

    private static IEnumerable<string> FilesThatUse(PackageSource package, Func<INamedTypeSymbol, bool> isMeant) =>
        TypeReference.In(package).Where(reference => isMeant(reference.To)).Select(reference => reference.Path).Distinct();

    private static bool IsBelow(INamedTypeSymbol type, string space) =>
        type.ContainingNamespace.ToString() is { } own && (own == space || own.StartsWith($"{space}.", StringComparison.Ordinal));

    private static bool IsStatusType(INamedTypeSymbol type) =>
        type.ToString() is "System.Net.HttpStatusCode" or "Microsoft.AspNetCore.Http.StatusCodes";

    // A status is assigned to a response, compared with one, or passed as a status.
    private static bool WritesStatusCode(SyntaxTree file) =>
        file.GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>().Any(
            literal => literal.Token.Value is int and >= 200 and < 600 && literal.FirstAncestorOrSelf<StatementSyntax>() is { } statement
                && (statement.ToString().Contains("StatusCode", StringComparison.Ordinal)
                    || statement.ToString().Contains("Results.", StringComparison.Ordinal)));
}
