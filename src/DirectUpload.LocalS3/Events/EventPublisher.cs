using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Storage;

namespace DirectUpload.LocalS3.Events;

/// <summary>Tells of a change whoever the bucket's configuration names; every operation that changes an object calls it at the end.</summary>
internal sealed class EventPublisher(LocalS3Options options, TimeProvider clock, EventOutbox? outbox)
{
    /// <summary>There is somewhere to deliver to.</summary>
    public bool HasDestination => outbox is not null;

    /// <param name="call">The request that made the change.</param>
    /// <param name="name">Of <see cref="EventName"/>.</param>
    /// <param name="stored">The object as it was committed; for a removal, as it was removed.</param>
    public void Publish(S3Call call, string name, StoredObject stored) =>
        Publish(call.Bucket, name, stored, new("AWS:" + options.AccessKey,
            call.Response.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "127.0.0.1", call.RequestId));

    /// <summary>As above, for a change that S3 makes by itself.</summary>
    public void Publish(Bucket bucket, string name, StoredObject stored, EventOrigin origin)
    {
        if (outbox is null)
            return;
        foreach (var rule in bucket.State.Events ?? [])
            if (rule.Fits(name, stored.Key))
                outbox.Post(EventJson.Record(options.Region, bucket.Name, rule, name, stored, origin, clock.GetUtcNow()));
    }

    /// <summary>What a destination hears first.</summary>
    public void PublishTest(S3Call call) => outbox?.Post(EventJson.Test(call.Bucket.Name, call.RequestId, clock.GetUtcNow()));
}
