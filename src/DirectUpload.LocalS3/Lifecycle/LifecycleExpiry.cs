using System.Globalization;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>When an object expires, and by which rule: of several the earliest.</summary>
internal sealed record LifecycleExpiry(DateTimeOffset At, string RuleId)
{
    public static LifecycleExpiry? Of(StoredObject stored, IReadOnlyList<LifecycleRule>? rules) =>
        (rules ?? []).Select(rule => rule.ExpiryOf(stored) is { } at ? new LifecycleExpiry(at, rule.Id) : null)
            .Where(expiry => expiry is not null).MinBy(expiry => expiry!.At);

    /// <summary>As <c>x-amz-expiration</c> has it.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"expiry-date=\"{S3Time.Http(At)}\", rule-id=\"{UriBytes.Encode(RuleId)}\"");
}
