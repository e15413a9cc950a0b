using Microsoft.CodeAnalysis;

namespace DirectUpload.Architecture.Tests;

/// <summary>Bounds on how much a reader meets at once.</summary>
internal static class SizeRules
{
    public const int MaxConstructorParameters = 7;

    // 65 and 900 before uploads could be attached: UploadFilter became a record, and IUploadAttachmentRules serves transactions.
    // 67 before the integrity of whole objects: IntegrityRequirement and UploadChecksum.
    // 69 and 990 before decisions from outside: UploadDecision and ProcessorOptions, and one question for all quotas.
    public const int MaxPublicTypes = 72;
    public const int MaxApiLines = 1036;

    /// <summary>Classes with more collaborators than one idea needs. Records of data may have as many values as they have.</summary>
    public static IEnumerable<string> LongConstructors(PackageSource package) =>
        from type in NamespaceDependencyRules.TypesOf(package)
        where type is { TypeKind: TypeKind.Class, IsRecord: false }
        from constructor in type.InstanceConstructors
        where constructor.Parameters.Length > MaxConstructorParameters
        select $"{type} has {constructor.Parameters.Length} parameters";

    public static IReadOnlyList<string> PublicTypes(PackageSource package) =>
        [.. NamespaceDependencyRules.TypesOf(package).Where(type => type.DeclaredAccessibility == Accessibility.Public)
            .Select(type => type.ToString()!).Order(StringComparer.Ordinal)];

    public static int CountApiLines(string apiFile) => apiFile.Split('\n').Count(line => line.Length > 0 && !line.StartsWith('#'));
}
