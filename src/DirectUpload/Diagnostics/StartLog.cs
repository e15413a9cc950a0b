using Microsoft.Extensions.Logging;

namespace DirectUpload.Diagnostics;

/// <summary>Lists log messages about configurations that are valid, but probably not intended.</summary>
internal static partial class StartLog
{
    [LoggerMessage(33, LogLevel.Warning,
        "DirectUpload has no profile, so every upload request is refused. "
        + "Add one: AddDirectUploads(o => o.AddProfile(\"avatar\", p => p.ContentTypes.Add(\"image/*\"))), "
        + "or the section DirectUploads:Profiles")]
    public static partial void NoProfiles(this ILogger logger);
}
