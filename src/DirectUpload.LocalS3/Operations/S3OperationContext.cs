using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Notifications;
using DirectUpload.LocalS3.Objects;
using DirectUpload.LocalS3.Protocol;
using DirectUpload.LocalS3.Signing;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Http;

namespace DirectUpload.LocalS3.Operations;

/// <summary>Contains a request, its response and the services that an operation uses.</summary>
internal sealed record S3OperationContext(S3Request Request, HttpResponse Response, Caller Caller, S3Services Services)
{
    /// <summary>Refuses the first name of a setting that this operation does not honor.</summary>
    public required Action<IEnumerable<string>> RequireHonored { get; init; }

    public ObjectStore Store => Services.Store;

    public Bucket Bucket => Store.Get(Request.Bucket);

    public string Key => Request.Key;

    /// <summary>The requested version; null for the current one.</summary>
    public string? VersionId => Request.Query["versionId"];

    /// <summary>The value of <c>x-amz-request-id</c> in this response.</summary>
    public string RequestId => Response.Headers["x-amz-request-id"].ToString();

    /// <summary>Indicates whether a quirk is enabled.</summary>
    public bool HasQuirk(LocalS3Quirks quirk) => Services.Options.Quirks.HasFlag(quirk);

    /// <summary>Publishes an event for a committed change.</summary>
    /// <param name="name">A name from <see cref="EventName"/>.</param>
    /// <param name="stored">The committed object; for a removal, the removed object.</param>
    public void PublishEvent(string name, StoredObject stored) => Services.Events.Publish(this, name, stored);

    /// <summary>Writes the header with an object's expiration time and rule, if a rule applies.</summary>
    public void WriteExpirationHeader(StoredObject stored)
    {
        if (LifecycleExpiration.Find(stored, Bucket.State.Lifecycle) is { } expiry)
            Response.Headers["x-amz-expiration"] = expiry.ToString();
    }

    /// <summary>Cancels when the client disconnects or the server stops.</summary>
    public CancellationToken RequestAborted => Response.HttpContext.RequestAborted;

    /// <summary>Returns the current time in whole seconds, because S3 stores no fractions.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeSeconds(Services.Clock.GetUtcNow().ToUnixTimeSeconds());

    public void SetStatus(int status)
    {
        Response.StatusCode = status;
        if (status != StatusCodes.Status204NoContent)
            Response.ContentLength = 0;
    }
}

/// <summary>Contains the services that live as long as the server.</summary>
internal sealed record S3Services(
    LocalS3Options Options, ObjectStore Store, TimeProvider Clock, Authenticator Authenticator, EventPublisher Events)
{
    public VirtualHosts VirtualHosts { get; } = new(Options.VirtualHostSuffixes);
}

/// <summary>Handles one kind of request, or throws an <see cref="S3Exception"/>.</summary>
internal delegate Task S3Operation(S3OperationContext call);
