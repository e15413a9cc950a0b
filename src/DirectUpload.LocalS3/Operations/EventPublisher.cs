using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Sends events about changes to the destinations in a bucket's configuration.</summary>
/// <remarks>Every operation that changes an object calls it after the change.</remarks>
internal sealed class EventPublisher(LocalS3Options options, TimeProvider clock, EventSender? outbox)
{
    /// <summary>Indicates whether an event endpoint is configured.</summary>
    public bool HasDestination => outbox is not null;

    /// <param name="call">The request that made the change.</param>
    /// <param name="name">A name from <see cref="EventName"/>.</param>
    /// <param name="stored">The committed object; for a removal, the removed object.</param>
    public void Publish(S3OperationContext call, string name, StoredObject stored) =>
        Publish(call.Bucket, name, stored, new("AWS:" + options.AccessKey,
            call.Response.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1", call.RequestId));

    /// <summary>Publishes an event for a change that S3 makes itself.</summary>
    public void Publish(Bucket bucket, string name, StoredObject stored, EventOrigin origin)
    {
        if (outbox is null)
            return;
        foreach (var rule in bucket.State.Events ?? [])
            if (rule.Matches(name, stored.Key))
                outbox.Enqueue(EventJson.CreateRecord(options.Region, bucket.Name, rule, name, stored, origin, clock.GetUtcNow()));
    }

    /// <summary>Publishes the test event that a destination receives first.</summary>
    public void PublishTest(S3OperationContext call) =>
        outbox?.Enqueue(EventJson.CreateTestEvent(call.Bucket.Name, call.RequestId, clock.GetUtcNow()));
}
