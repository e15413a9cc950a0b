using System.Diagnostics;
using DirectUpload.Uploads;

namespace DirectUpload.Diagnostics;

/// <summary>The library's activities, on the source <c>DirectUpload</c>: ids, profiles and statuses; never a token, a key or a URL.</summary>
internal static class UploadActivities
{
    private static readonly ActivitySource Source = new(UploadMetrics.Name);

    /// <summary>Null when nobody listens.</summary>
    public static Activity? Start(string what, UploadId? id = null, string? profile = null)
    {
        var activity = Source.StartActivity($"DirectUpload.{what}");
        if (activity is null)
            return null;
        if (id is { } upload)
            activity.SetTag("directupload.id", upload.ToString());
        if (profile is not null)
            activity.SetTag("directupload.profile", profile);
        return activity;
    }

    public static void Ended(this Activity? activity, UploadRecord? record)
    {
        if (activity is not null && record is not null)
            activity.SetTag("directupload.id", record.Id.ToString()).SetTag("directupload.status", record.Status.ToString().ToLowerInvariant());
    }

    public static void Refused(this Activity? activity, UploadErrorReason reason) => activity?.SetTag("directupload.refusal", reason.ToString());

    // Of an exception its kind alone: what it says may be of any origin.
    public static void Failed(this Activity? activity, Exception exception) => activity?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
}
