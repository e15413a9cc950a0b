using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>Words of the outside world, and the only places where they are spoken.</summary>
internal static partial class WordRules
{
    /// <summary>The SDK: where credentials and endpoints are looked up, where the network is, and where things are registered.</summary>
    public static IEnumerable<string> Amazon(IEnumerable<SourceFile> sources) => sources
        .Where(source => source.Project == "DirectUpload" && AmazonWord().IsMatch(source.Code))
        .Select(source => source.Path)
        .Where(path => path is not ("DirectUpload/Signing/BucketConnection.cs" or "DirectUpload/Signing/CredentialSource.cs")
            && !path.StartsWith("DirectUpload/Storage/", StringComparison.Ordinal) && !path.StartsWith("DirectUpload/DependencyInjection/", StringComparison.Ordinal));

    /// <summary>In the core only storage's answers have a status code.</summary>
    public static IEnumerable<string> StatusCodesInCore(IEnumerable<SourceFile> sources) => sources
        .Where(source => source.Project == "DirectUpload" && StatusWord().IsMatch(source.Code))
        .Select(source => source.Path)
        .Where(path => !path.StartsWith("DirectUpload/Storage/", StringComparison.Ordinal));

    /// <summary>The files of the web package that speak of status codes; one may.</summary>
    public static IReadOnlyList<string> StatusCodesInWeb(IEnumerable<SourceFile> sources) =>
        [.. sources.Where(source => source.Project == "DirectUpload.AspNetCore" && StatusWord().IsMatch(source.Code)).Select(source => source.Path)];

    /// <summary>Stores keep records; which status may follow which is not their business.</summary>
    public static IEnumerable<string> DecidingStores(IEnumerable<SourceFile> sources) => sources
        .Where(source => source.Path.EndsWith("Store.cs", StringComparison.Ordinal) && TransitionWord().IsMatch(source.Code))
        .Select(source => source.Path);

    [GeneratedRegex(@"\bAmazon\.\w")]
    private static partial Regex AmazonWord();

    [GeneratedRegex(@"\bStatusCodes\.|\bHttpStatusCode\b|\bStatus[1-5]\d\d[A-Z]")]
    private static partial Regex StatusWord();

    [GeneratedRegex(@"\bUploadTransitions\b|\.MovedTo\(")]
    private static partial Regex TransitionWord();
}
