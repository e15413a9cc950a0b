using System.Reflection;
using System.Text.RegularExpressions;
using DirectUpload.S3Conformance.Suites;

namespace DirectUpload.S3Conformance.Table;

/// <summary>All suites and their cases, as the assembly has them.</summary>
public static partial class SuiteCatalog
{
    public static IReadOnlyList<Type> Suites { get; } =
    [
        .. typeof(ConformanceSuite).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSubclassOf(typeof(ConformanceSuite)) && GetCases(type).Any())
            .OrderBy(type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>In the order in which they are written.</summary>
    public static IEnumerable<MethodInfo> GetCases(Type suite) => suite
        .GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
        .OrderBy(method => method.MetadataToken);

    /// <summary>"A_bucket_s_owner_may_make_it_again" is "A bucket's owner may make it again".</summary>
    public static string GetSentence(string caseName) => caseName.Replace("_s_", "'s_", StringComparison.Ordinal).Replace('_', ' ');

    /// <summary>"PresignedPutHeaders" is "Presigned put headers".</summary>
    public static string GetTitle(Type suite) =>
        WordStart().Replace(suite.Name, match => " " + (IsVersion(suite.Name, match.Index) ? match.Value : match.Value.ToLowerInvariant()));

    private static bool IsVersion(string name, int index) =>
        name[index] == 'V' && index + 1 < name.Length && char.IsAsciiDigit(name[index + 1]);

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();
}
