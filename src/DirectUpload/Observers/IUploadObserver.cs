using DirectUpload.Uploads;

namespace DirectUpload.Observers;

/// <summary>
/// The application's own code that is told how uploads go on: write the one or two methods that matter, the others do nothing. Added by <c>AddObserver&lt;T&gt;()</c>, in every host that requests, confirms or
/// processes uploads; the worker calls it, each time as an instance of its own, with its services from a scope of its own.
/// </summary>
/// <remarks>
/// Each step is told at least once, whatever process dies in between: what an observer does must bear being done twice (the upload's id is the same). The steps of one upload are told in their order; an
/// observer that throws, or takes longer than half of the options' <c>ProcessingLease</c>, is called again later, with growing pauses, for three days, and holds up neither other uploads nor other observers.
/// The record is the newest: told that an upload was confirmed, it may be ready by now.
/// </remarks>
public interface IUploadObserver
{
    /// <summary>The object has arrived and is what was promised; processing begins.</summary>
    Task ConfirmedAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The upload is finished: its content can be served.</summary>
    Task ReadyAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>What arrived was not what was promised, or a processor has refused it; <see cref="UploadRecord.Error"/> says why. Its objects are deleted.</summary>
    Task RejectedAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Processing was given up; it can be retried.</summary>
    Task FailedAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Nothing arrived in time.</summary>
    Task ExpiredAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Its client, or the application, gave it up before it was finished.</summary>
    Task AbortedAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>It was finished, or had failed, and was deleted with its objects.</summary>
    Task DeletedAsync(UploadRecord upload, CancellationToken cancellationToken) => Task.CompletedTask;
}
