namespace DirectUpload;

/// <summary>Handles the transitions of uploads in the application, at least once each.</summary>
/// <remarks>
/// <para>
/// Implement the methods that the application needs; the others do nothing. Add the handler with <c>AddEventHandler&lt;T&gt;()</c> in every
/// host that requests, confirms or processes uploads. A worker (<c>AddWorker()</c>) calls it. Each call has an instance of its own, with
/// services from a scope of its own.
/// </para>
/// <list type="bullet">
/// <item><description>
/// Delivery is at least once, even if a process crashes. Handlers must be idempotent: a repeated call has the same id and the same
/// <see cref="Upload.TransitionAt"/>.
/// </description></item>
/// <item><description>The transitions of one upload are delivered in order.</description></item>
/// <item><description>
/// A handler that throws, or takes longer than half of <see cref="DirectUploadOptions.ProcessingLease"/>, is called again for three days,
/// with increasing delays. It delays neither other uploads nor other handlers.
/// </description></item>
/// <item><description>
/// The upload that is passed is in its newest state: in <see cref="OnConfirmedAsync"/>, for example, it may already be ready.
/// </description></item>
/// </list>
/// </remarks>
/// <example>
/// <code>
/// public sealed class AttachInvoiceScan(IInvoices invoices) : IUploadEventHandler
/// {
///     public Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) =&gt;
///         upload.Association is { Type: "invoice" } invoice
///             ? invoices.AttachAsync(invoice.Id, upload.Id, cancellationToken)
///             : Task.CompletedTask;
/// }
/// </code>
/// </example>
public interface IUploadEventHandler
{
    /// <summary>Handles an upload whose object has arrived and matches its declaration; processing starts.</summary>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnConfirmedAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles an upload that is finished and whose content can be served.</summary>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnReadyAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Handles an upload that does not match its declaration or that a processor rejected; <see cref="Upload.Error"/> gives the reason.
    /// </summary>
    /// <remarks>The worker deletes the objects of the upload.</remarks>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnRejectedAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles an upload whose processing failed for the last time; the application can retry it.</summary>
    /// <remarks>To retry it, call <see cref="IDirectUploadService.RetryAsync"/>.</remarks>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnFailedAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles an upload whose object did not arrive in time.</summary>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnExpiredAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles an upload that its client or the application aborted before it was finished.</summary>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnAbortedAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Handles a ready or failed upload that was deleted together with its objects.</summary>
    /// <param name="upload">The upload, in its newest state.</param>
    /// <param name="cancellationToken">Cancels the call when its time limit expires or the host stops.</param>
    /// <returns>A task that completes when the event is handled; if it fails, the handler is called again.</returns>
    Task OnDeletedAsync(Upload upload, CancellationToken cancellationToken) => Task.CompletedTask;
}
