using System.Reflection;
using System.Text.RegularExpressions;

namespace DirectUpload.S3Conformance;

/// <summary>All suites and their cases, as the assembly has them.</summary>
public static partial class Catalog
{
    public static IReadOnlyList<Type> Suites { get; } =
    [
        .. typeof(Suite).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSubclassOf(typeof(Suite)) && Cases(type).Any())
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>In the order in which they are written.</summary>
    public static IEnumerable<MethodInfo> Cases(Type suite) => suite
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
        .OrderBy(method => method.MetadataToken);

    /// <summary>"A_bucket_s_owner_may_make_it_again" is "A bucket's owner may make it again".</summary>
    public static string Sentence(string caseName) => caseName.Replace("_s_", "'s_", StringComparison.Ordinal).Replace('_', ' ');

    /// <summary>"PresignedPutHeaders" is "Presigned put headers".</summary>
    public static string Title(Type suite) =>
        WordStart().Replace(suite.Name, match => " " + (match.Value == "V" ? match.Value : match.Value.ToLowerInvariant()));

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
