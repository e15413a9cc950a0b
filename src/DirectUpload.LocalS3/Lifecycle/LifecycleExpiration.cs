using System.Globalization;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;

namespace DirectUpload.LocalS3.Lifecycle;

/// <summary>Represents the earliest expiration of an object, and the rule that causes it.</summary>
internal sealed record LifecycleExpiration(DateTimeOffset At, string RuleId)
{
    public static LifecycleExpiration? Find(StoredObject stored, IReadOnlyList<LifecycleRule>? rules) =>
        (rules ?? []).Select(rule => rule.GetExpirationTime(stored) is { } at ? new LifecycleExpiration(at, rule.Id) : null)
            .Where(expiry => expiry is not null).MinBy(expiry => expiry!.At);

    /// <summary>Formats the value of <c>x-amz-expiration</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture, $"expiry-date=\"{S3DateTime.FormatHttp(At)}\", rule-id=\"{UriEncoding.Encode(RuleId)}\"");
}
