using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>One request on its way to an answer: all that an operation may use.</summary>
internal sealed record S3Call(S3Request Request, HttpResponse Response, Caller Caller, S3Services Services)
{
    public ObjectStore Store => Services.Store;

    public Bucket Bucket => Store.Get(Request.Bucket);

    public string Key => Request.Key;

    /// <summary>The version that is asked for; null for the current one.</summary>
    public string? VersionId => Request.Query["versionId"];

    /// <summary>What this answer's <c>x-amz-request-id</c> says.</summary>
    public string RequestId => Response.Headers["x-amz-request-id"].ToString();

    /// <summary>Whether the server deviates so.</summary>
    public bool Has(LocalS3Quirks quirk) => Services.Options.Quirks.HasFlag(quirk);

    /// <summary>Tells of a change, once it is committed.</summary>
    /// <param name="name">Of <see cref="EventName"/>.</param>
    /// <param name="stored">The object as it was committed; for a removal, as it was removed.</param>
    public void Announce(string name, StoredObject stored) => Services.Events.Publish(this, name, stored);

    /// <summary>Tells when an object expires, and by which rule, if it does.</summary>
    public void TellExpiry(StoredObject stored)
    {
        if (LifecycleExpiry.Of(stored, Bucket.State.Lifecycle) is { } expiry)
            Response.Headers["x-amz-expiration"] = expiry.ToString();
    }

    /// <summary>Ends when the client has gone or the server stops.</summary>
    public CancellationToken Aborted => Response.HttpContext.RequestAborted;

    /// <summary>Now, in whole seconds: S3 keeps no fractions.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(Services.Clock.GetUtcNow().ToUnixTimeSeconds());

    public void Answer(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
            Response.ContentLength = 0;
    }
}

/// <summary>What lives as long as the server.</summary>
internal sealed record S3Services(
    LocalS3Options Options, ObjectStore Store, TimeProvider Clock, Authenticator Authenticator, EventPublisher Events)
{
    public VirtualHosts VirtualHosts { get; } = new(Options.VirtualHostSuffixes);
}

/// <summary>Answers one kind of request, or throws an <see cref="S3Exception"/>.</summary>
internal delegate Task S3Operation(S3Call call);
