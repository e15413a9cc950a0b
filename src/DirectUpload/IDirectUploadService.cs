using DirectUpload.Presigning;

namespace DirectUpload;

/// <summary>Provides the operations on uploads: requests, confirms, reads, serves and deletes uploads.</summary>
/// <remarks>
/// <para>
/// Methods return an <see cref="UploadResult{T}"/> with a value, or with an <see cref="UploadError"/> that states why the call was refused.
/// An exception never means a refusal. Apart from invalid arguments, methods throw these exceptions:
/// </para>
/// <list type="bullet">
/// <item><description><see cref="StorageUnavailableException"/>: storage is unavailable; call again later.</description></item>
/// <item><description><see cref="StorageRefusedException"/>: storage refused the configuration of the application.</description></item>
/// <item><description>
/// <see cref="Stores.RecordStoreUnavailableException"/>: the record store is unavailable; call again later.
/// </description></item>
/// <item><description>
/// <see cref="Stores.UnreadableRecordException"/>: this version of the application cannot read the stored record.
/// </description></item>
/// </list>
/// <para>Implementations are safe for concurrent use.</para>
/// </remarks>
/// <example>
/// <code>
/// var result = await uploads.RequestAsync(request, new UploadCaller { Owner = "ada" });
/// if (result.TryGetValue(out var grant))
///     Console.WriteLine($"Upload {grant.Upload.Id} expires at {grant.Instructions.ExpiresAt:u}");
/// </code>
/// </example>
public partial interface IDirectUploadService
{
    /// <summary>Requests an upload: validates the request, stores a record and returns signed instructions.</summary>
    /// <param name="request">The request; none of its values is trusted.</param>
    /// <param name="caller">The caller, whom the application has already authenticated.</param>
    /// <param name="options">Options that the application chooses, never the client; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The grant, or the reason why the upload is refused.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="caller"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// <see cref="UploadRequestOptions.SuccessRedirect"/> is not an absolute HTTP or HTTPS URL.
    /// </exception>
    Task<UploadResult<UploadGrant>> RequestAsync(
        UploadRequest request, UploadCaller caller, UploadRequestOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Makes an upload from content that the application has, such as a generated report or an <c>IFormFile</c>.</summary>
    /// <remarks>
    /// <para>
    /// The content passes the same rules, authorizers, quotas, inspection and processors as the upload of a client. The application sends
    /// it to storage in one PUT request, whatever <see cref="UploadProfile.UploadMethod"/> is, and confirms the upload.
    /// </para>
    /// <para>
    /// A stream that can't seek is first copied: up to 1 MiB to memory, more to a file in the temporary folder, which is deleted with the
    /// call. If the call throws, the upload is aborted, and its object is deleted at once or by the worker.
    /// </para>
    /// </remarks>
    /// <param name="content">
    /// The content, from the position of the stream on: at most 5 GiB. The stream is not disposed.
    /// </param>
    /// <param name="request">
    /// The request. A <see cref="UploadRequest.Size"/> of null means the size of the stream. The method and the options for parts have no
    /// effect. A SHA-256 that the profile requires is computed.
    /// </param>
    /// <param name="caller">
    /// The caller on whose behalf the content is stored. Set <see cref="UploadCaller.MayAssociate"/> if the code of the application
    /// chose the association of the request.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The upload, ready or left to the worker, or the reason why it is refused. A size or a SHA-256 that differs from the declared one is
    /// a <see cref="UploadErrorCodes.Mismatch"/>, and a stream that is longer than the profile allows is
    /// <see cref="UploadErrorCodes.TooLarge"/>; nothing is stored then.
    /// </returns>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="content"/>, <paramref name="request"/> or <paramref name="caller"/> is null.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="content"/> cannot be read.</exception>
    /// <exception cref="IOException">
    /// The stream failed while it was read. Exceptions of the stream are not translated.
    /// </exception>
    Task<UploadResult<Upload>> StoreAsync(
        Stream content, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken = default);

    /// <summary>Calls the authorizers for a request without granting an upload.</summary>
    /// <remarks>Call this method to authorize a caller before the file is known, for example when a page with a form is rendered.</remarks>
    /// <param name="request">The request; its type and size may be unknown.</param>
    /// <param name="caller">The caller, whom the application has already authenticated.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The decision, for <see cref="UploadRequestOptions.Authorization"/>, or the reason why the upload is refused.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> or <paramref name="caller"/> is null.</exception>
    Task<UploadResult<UploadAuthorization>> AuthorizeAsync(
        UploadRequest request, UploadCaller caller, CancellationToken cancellationToken = default);

    /// <summary>Creates new signed instructions for an upload that has not arrived.</summary>
    /// <remarks>The previous instructions remain valid until they expire.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with the rights of the client.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The instructions, or the reason why the upload cannot be renewed.</returns>
    Task<UploadResult<UploadInstructions>> RenewAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken = default);

    /// <summary>Signs parts of a multipart upload.</summary>
    /// <remarks>A part can be signed repeatedly.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with the rights of the client.</param>
    /// <param name="partNumbers">1 to 10,000 part numbers, each at least 1.</param>
    /// <param name="checksumsSha256">
    /// The SHA-256 of each part, as base64, by part number, for an upload with <see cref="UploadRequest.UsePartChecksums"/>; otherwise
    /// null.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The signed parts, or the reason why they are refused.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="partNumbers"/> is null.</exception>
    Task<UploadResult<IReadOnlyList<SignedPart>>> SignPartsAsync(
        UploadId id, UploadAccess access, IReadOnlyList<int> partNumbers, IReadOnlyDictionary<int, string>? checksumsSha256 = null,
        CancellationToken cancellationToken = default);

    /// <summary>Lists the parts of a multipart upload that storage has received, so that a client can resume.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with the rights of the client.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The parts, or the reason why the call is refused. The list is empty for an upload that is not sent in parts or has already arrived.
    /// </returns>
    Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsync(
        UploadId id, UploadAccess access, CancellationToken cancellationToken = default);

    /// <summary>Verifies that the object has arrived, and finishes the upload or leaves it to the worker.</summary>
    /// <remarks>Repeated and concurrent calls have the same result; the upload is processed once.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with the rights of the client.</param>
    /// <param name="partETags">The ETag of each part, by part number; null if the caller does not know them.</param>
    /// <param name="checksumCrc64Nvme">
    /// The CRC-64/NVME of the file: base64 of 8 bytes, the highest byte first; null if the caller does not know it. An object with another
    /// checksum is rejected. See <see cref="UploadProfile.RequireIntegrity"/>.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, ready or still processing, or the reason why it cannot become ready.</returns>
    Task<UploadResult<Upload>> ConfirmAsync(
        UploadId id, UploadAccess access, IReadOnlyDictionary<int, string>? partETags = null, string? checksumCrc64Nvme = null,
        CancellationToken cancellationToken = default);

    /// <summary>Gets an upload.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, or <see cref="UploadErrorCodes.NotFound"/>.</returns>
    Task<UploadResult<Upload>> GetAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken = default);

    /// <summary>Lists uploads, with the rights of the application.</summary>
    /// <param name="filter">
    /// The filter. Uploads of one owner or one entity are listed newest first; a listing of all owners has no order.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The uploads, which are read page by page.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="filter"/> is null.</exception>
    IAsyncEnumerable<Upload> ListAsync(UploadFilter filter, CancellationToken cancellationToken = default);

    /// <summary>Watches an upload until its status is terminal.</summary>
    /// <remarks>Transitions in this process are returned at once, those in other processes within 5 seconds.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read.</param>
    /// <param name="after">
    /// The <see cref="Upload.UpdatedAt"/> of the last upload that was received, to resume a watch; null to start with the current status.
    /// </param>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>
    /// The upload after each transition, and each time that processing is attempted again; an empty sequence if the upload is not found.
    /// </returns>
    IAsyncEnumerable<Upload> WatchAsync(
        UploadId id, UploadAccess access, DateTimeOffset? after = null, CancellationToken cancellationToken = default);

    /// <summary>Creates a short-lived URL to download the content of a ready upload.</summary>
    /// <remarks>
    /// The URL leads to storage, or to the CDN if the profile has a <see cref="UploadProfile.ContentBaseUrl"/>. It expires after
    /// <see cref="DirectUploadOptions.DownloadUrlLifetime"/>.
    /// </remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read.</param>
    /// <param name="variant">
    /// The name of a variant, such as <c>thumbnail.webp</c> or <c>thumbnail</c>; null for the content of the upload itself.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The URL, or the reason why the content is not served.</returns>
    Task<UploadResult<PresignedUrl>> CreateDownloadUrlAsync(
        UploadId id, UploadAccess access, string? variant = null, CancellationToken cancellationToken = default);

    /// <summary>Opens the content of a ready upload for reading.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with at least the right to read.</param>
    /// <param name="variant">
    /// The name of a variant, such as <c>thumbnail.webp</c> or <c>thumbnail</c>; null for the content of the upload itself.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The content, whose stream the caller disposes, or the reason why the content is not served.</returns>
    Task<UploadResult<UploadContent>> OpenReadAsync(
        UploadId id, UploadAccess access, string? variant = null, CancellationToken cancellationToken = default);

    /// <summary>Gets the public URL of a ready upload, which requires no token.</summary>
    /// <param name="upload">The upload.</param>
    /// <returns>The URL; null unless the upload is ready and its profile <see cref="UploadProfile.IsPublic"/>.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    Uri? GetPublicUrl(Upload upload);

    /// <summary>Deletes a finished upload, or aborts a pending one, together with its objects.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="access">The access of the caller, with the rights of the client.</param>
    /// <param name="reason">
    /// The reason, such as an error at the client, which is stored with the upload; null for none. A message of more than 1,000 characters
    /// is cut, and control characters are replaced.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The upload, unchanged if it was already deleted, aborted, rejected or expired, or the reason why the call is refused. A client gets
    /// <see cref="UploadErrorCodes.DeletionNotAllowed"/> for a finished upload if <see cref="UploadProfile.ClientsMayDelete"/> is false.
    /// </returns>
    Task<UploadResult<Upload>> DeleteAsync(
        UploadId id, UploadAccess access, UploadError? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Schedules a failed upload for processing again, with the rights of the application.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, unchanged if it is pending or ready, or the reason why it cannot be retried.</returns>
    Task<UploadResult<Upload>> RetryAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>Decides about an upload that waits for the decision of a processor, with the rights of the application.</summary>
    /// <remarks>
    /// The first decision counts; a repeated call with the same decision changes nothing. The worker then runs the later processors of the
    /// profile and makes the upload ready, or rejects it and deletes its objects. If the processor has not returned
    /// <see cref="Processing.ProcessingResult.Pending"/> yet, the call waits up to 5 seconds for it.
    /// </remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="processor">The name of the processor, as in <see cref="UploadDecision.Processor"/>.</param>
    /// <param name="result">The decision: accepted, or rejected with a reason that the client receives.</param>
    /// <param name="decidedBy">
    /// Who decides, for <see cref="UploadDecision.DecidedBy"/>, of which at most 200 characters are kept; null to name no one. No client
    /// receives it.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>
    /// The upload, or the reason why the decision does not count: <see cref="UploadErrorCodes.Conflict"/> if the upload does not wait for
    /// it, has another decision, or its deadline has passed.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="processor"/> is null or empty, or <paramref name="result"/> is no decision.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="result"/> is null.</exception>
    Task<UploadResult<Upload>> CompleteProcessingAsync(
        UploadId id, string processor, Processing.ProcessingResult result, string? decidedBy = null,
        CancellationToken cancellationToken = default);

    /// <summary>Replaces the read token of an upload; the previous token is no longer valid.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="lifetime">The lifetime of the new token; null for as long as the upload exists.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The new token, or <see cref="UploadErrorCodes.NotFound"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lifetime"/> is zero or negative.</exception>
    Task<UploadResult<UploadToken>> RotateReadTokenAsync(
        UploadId id, TimeSpan? lifetime = null, CancellationToken cancellationToken = default);

    /// <summary>Replaces the write token of an upload; the previous token is no longer valid.</summary>
    /// <param name="id">The id of the upload.</param>
    /// <param name="lifetime">
    /// The lifetime of the new token; null for <see cref="UploadProfile.WriteTokenLifetime"/>, which starts when the status is terminal.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The new token, or <see cref="UploadErrorCodes.NotFound"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lifetime"/> is zero or negative.</exception>
    Task<UploadResult<UploadToken>> RotateWriteTokenAsync(
        UploadId id, TimeSpan? lifetime = null, CancellationToken cancellationToken = default);

    /// <summary>Revokes the read token of an upload.</summary>
    /// <remarks>The write token, and the application itself, can still read the upload.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, or <see cref="UploadErrorCodes.NotFound"/>.</returns>
    Task<UploadResult<Upload>> RevokeReadTokenAsync(UploadId id, CancellationToken cancellationToken = default);

    /// <summary>Revokes the write token of an upload.</summary>
    /// <remarks>The read token remains valid.</remarks>
    /// <param name="id">The id of the upload.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload, or <see cref="UploadErrorCodes.NotFound"/>.</returns>
    Task<UploadResult<Upload>> RevokeWriteTokenAsync(UploadId id, CancellationToken cancellationToken = default);
}
