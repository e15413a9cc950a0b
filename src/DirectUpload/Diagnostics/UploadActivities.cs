using System.Diagnostics;
using DirectUpload.Primitives;
using DirectUpload.Stores;

namespace DirectUpload.Diagnostics;

/// <summary>
/// Creates the activities of the source <c>DirectUpload</c>. Tags hold ids, profiles and statuses; never a token, a key or a URL.
/// </summary>
internal static class UploadActivities
{
    private static readonly ActivitySource Source = new(UploadMetrics.MeterName);

    /// <summary>Starts an activity; returns null when no listener samples it.</summary>
    public static Activity? Start(string operation, UploadId? id = null, string? profile = null)
    {
        if (!Source.HasListeners() || Source.StartActivity($"DirectUpload.{operation}") is not { } activity)
            return null;
        if (id is { } upload)
            activity.SetTag("directupload.id", upload.ToString());
        if (profile is not null)
            activity.SetTag("directupload.profile", profile);
        return activity;
    }

    public static void SetOutcome(this Activity? activity, UploadRecord? record)
    {
        if (activity is not null && record is not null)
            activity.SetTag("directupload.id", record.Id.ToString()).SetTag("directupload.status", record.Status.ToLowerName());
    }

    public static void SetRefusal(this Activity? activity, string reason) => activity?.SetTag("directupload.refusal", reason.ToString());

    // The exception's type only: its message may contain text from clients.
    public static void SetException(this Activity? activity, Exception exception) =>
        activity?.SetTag("error.type", exception.GetType().FullName).SetStatus(ActivityStatusCode.Error);
}
