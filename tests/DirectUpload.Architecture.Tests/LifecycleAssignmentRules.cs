using System.Text.RegularExpressions;

namespace DirectUpload.Architecture.Tests;

/// <summary>
/// The lifecycle decides on statuses and on the times of the next action, of the purge and of notification; stores copy them.
/// </summary>
internal static partial class LifecycleAssignmentRules
{
    private static readonly string[] RowReaders =
    [
        "DirectUpload/Stores/InMemoryUploadRecordStore.cs",
        "DirectUpload.EntityFrameworkCore/Records/UploadRowMapping.cs",
        "DirectUpload.DynamoDB/Records/RecordReader.cs",
    ];

    public static IEnumerable<string> FindViolations(IEnumerable<SourceFile> sources) => sources
        .Where(source => Assignment().IsMatch(source.Code))
        .Select(source => source.Path)
        .Where(path => !path.StartsWith("DirectUpload/Lifecycle/", StringComparison.Ordinal) && !RowReaders.Contains(path));

    // Not a constant's name, and not the reset of a NotifyAt, which a store leaves to the dispatcher.
    [GeneratedRegex(
        @"(?<!string )\b(?:NextActionAt|PurgeAt|NotifyAt(?!\s*=\s*(?:null|change\.NotifyAt)\b))\s*=(?![=>])"
        + @"|\bStatus\s*=\s*UploadStatus\.|\.TransitionTo\(|\.AddTransition\(")]
    private static partial Regex Assignment();
}
