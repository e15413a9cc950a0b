using System.Runtime.CompilerServices;
using DirectUpload.Content;
using DirectUpload.Diagnostics;
using DirectUpload.Events;
using DirectUpload.Presigning;
using DirectUpload.Primitives;
using DirectUpload.Processing;
using DirectUpload.Requests;
using DirectUpload.Stores;

namespace DirectUpload.Operations;

/// <summary>Checks the access of each call and delegates it to the class that does the work.</summary>
internal sealed class DirectUploadService(
    UploadFinder finder, UploadRequestHandler requests, UploadRenewal renewal, UploadConfirmer confirmer,
    ApplicationOperations application, ContentProvider content, UploadStatusStream statusStream) : IDirectUploadService
{
    private const int MaxReasonLength = 1000;
    private const int MaxReasonCodeLength = 100;
    private const int MaxDeciderLength = 200;

    public Task<UploadResult<UploadGrant>> RequestAsync(
        UploadRequest request, UploadCaller caller, UploadRequestOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (options?.SuccessRedirect is not { } redirect)
            return requests.GrantAsync(
                request, caller, options?.Id, options?.Authorization, redirect: null, cancellationToken, options?.WriteToken);
        if (!redirect.IsAbsoluteUri || redirect.Scheme is not ("http" or "https"))
            throw new ArgumentException("SuccessRedirect must be an absolute http or https URL.", nameof(options));
        var form = request with { Method = UploadMethod.Post };
        return requests.GrantAsync(form, caller, options.Id, options.Authorization, redirect, cancellationToken, options.WriteToken);
    }

    public async Task<UploadResult<Upload>> StoreAsync(
        Stream content, UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        if (!content.CanRead)
            throw new ArgumentException("The stream can't be read: it was closed, or it is only for writing.", nameof(content));
        return Show(await application.Storer.StoreAsync(content, request, caller, cancellationToken).ConfigureAwait(false));
    }

    public Task<UploadResult<UploadAuthorization>> AuthorizeAsync(
        UploadRequest request, UploadCaller caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return requests.AuthorizeAsync(request, caller, cancellationToken);
    }

    public async Task<UploadResult<UploadInstructions>> RenewAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken)
    {
        var found = await finder.FindForWriteAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await renewal.RenewAsync(found.Value, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    public async Task<UploadResult<IReadOnlyList<SignedPart>>> SignPartsAsync(
        UploadId id, UploadAccess access, IReadOnlyList<int> partNumbers, IReadOnlyDictionary<int, string>? checksumsSha256,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(partNumbers);
        var found = await finder.FindForWriteAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded
            ? await renewal.SignPartsAsync(found.Value, partNumbers, checksumsSha256, cancellationToken).ConfigureAwait(false)
            : found.Error;
    }

    public async Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsync(
        UploadId id, UploadAccess access, CancellationToken cancellationToken)
    {
        var found = await finder.FindForWriteAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await renewal.ListPartsAsync(found.Value, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    public async Task<UploadResult<Upload>> ConfirmAsync(
        UploadId id, UploadAccess access, IReadOnlyDictionary<int, string>? partETags, string? checksumCrc64Nvme,
        CancellationToken cancellationToken)
    {
        var found = await finder.FindForWriteAsync(id, access, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
            return found.Error;
        var source = access.Kind == AccessKind.Application ? ConfirmSource.Host : ConfirmSource.Client;
        return Show(await confirmer.ConfirmAsync(
            found.Value, partETags, checksumCrc64Nvme, source, cancellationToken).ConfigureAwait(false));
    }

    public async Task<UploadResult<Upload>> GetAsync(UploadId id, UploadAccess access, CancellationToken cancellationToken) =>
        Show(await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false));

    public IAsyncEnumerable<Upload> ListAsync(UploadFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return finder.ListAsync(filter, cancellationToken).Select(static record => Upload.From(record));
    }

    public async Task<UploadResult<Upload>> AttachAsync(
        UploadId id, UploadAccess access, UploadAssociation association, string profile, bool replace,
        CancellationToken cancellationToken) =>
        Show(await application.Attacher.AttachAsync(id, access, association, profile, replace, cancellationToken).ConfigureAwait(false));

    public async Task<UploadResult<Upload>> CheckAttachAsync(
        UploadId id, UploadAccess access, string profile, UploadAssociation? association, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(profile);
        return Show(await application.Attacher.CheckAsync(id, access, profile, association, cancellationToken).ConfigureAwait(false));
    }

    public async Task<UploadResult<Upload>> DetachAsync(
        UploadId id, UploadAssociation? association, CancellationToken cancellationToken) =>
        Show(await application.Attacher.DetachAsync(id, association, cancellationToken).ConfigureAwait(false));

    public Task<int> EraseOwnerAsync(string owner, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        return application.Eraser.EraseAsync(owner, cancellationToken);
    }

    public async IAsyncEnumerable<Upload> WatchAsync(
        UploadId id, UploadAccess access, DateTimeOffset? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
            yield break;
        await foreach (var upload in statusStream.WatchAsync(found.Value, after, cancellationToken).ConfigureAwait(false))
            yield return upload;
    }

    public async Task<UploadResult<PresignedUrl>> CreateDownloadUrlAsync(
        UploadId id, UploadAccess access, string? variant, CancellationToken cancellationToken)
    {
        var found = await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded
            ? await content.PresignAsync(
                found.Value, variant, access.Kind == AccessKind.Reviewer, cancellationToken).ConfigureAwait(false)
            : found.Error;
    }

    public async Task<UploadResult<UploadContent>> OpenReadAsync(
        UploadId id, UploadAccess access, string? variant, CancellationToken cancellationToken)
    {
        var found = await finder.FindForReadAsync(id, access, cancellationToken).ConfigureAwait(false);
        return found.Succeeded
            ? await content.OpenAsync(
                found.Value, variant, access.Kind == AccessKind.Reviewer, cancellationToken).ConfigureAwait(false)
            : found.Error;
    }

    public Uri? GetPublicUrl(Upload upload)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return content.GetPublicUrl(upload);
    }

    public async Task<UploadResult<Upload>> DeleteAsync(
        UploadId id, UploadAccess access, UploadError? reason, CancellationToken cancellationToken)
    {
        var found = await finder.FindForWriteAsync(id, access, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
            return found.Error;
        var byClient = access.Kind != AccessKind.Application;
        var kept = byClient ? CleanReason(reason) : reason;
        return Show(await application.Endings.TerminateAsync(found.Value, kept, byClient, cancellationToken).ConfigureAwait(false));
    }

    // A client's text must not corrupt a store, a log or a page.
    private static UploadError? CleanReason(UploadError? reason) =>
        AuditText.Clean(reason?.Message, MaxReasonLength) is { } message
            ? new(AuditText.Clean(reason!.Code, MaxReasonCodeLength) ?? UploadErrorCodes.ClientReported, message)
            : null;

    public async Task<UploadResult<Upload>> RetryAsync(UploadId id, CancellationToken cancellationToken) =>
        Show(await application.Endings.RetryAsync(id, cancellationToken).ConfigureAwait(false));

    public async Task<UploadResult<Upload>> CompleteProcessingAsync(
        UploadId id, string processor, ProcessingResult result, string? decidedBy, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(processor);
        ArgumentNullException.ThrowIfNull(result);
        if (result.PendingUntil is not null)
            throw new ArgumentException("A pending result is no decision; pass Accept, or the result of Reject.", nameof(result));
        return Show(await application.Decisions.GiveAsync(
            id, new(processor, result.Rejection, AuditText.Clean(decidedBy, MaxDeciderLength)), cancellationToken).ConfigureAwait(false));
    }

    public async Task<UploadResult<UploadToken>> RotateReadTokenAsync(
        UploadId id, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        ThrowIfNotPositive(lifetime);
        var token = UploadToken.Create();
        var changed = await application.Endings.ReplaceReadTokenAsync(id, token, lifetime, cancellationToken).ConfigureAwait(false);
        return changed is null ? UploadOperations.NotFound : token;
    }

    public async Task<UploadResult<UploadToken>> RotateWriteTokenAsync(
        UploadId id, TimeSpan? lifetime, CancellationToken cancellationToken)
    {
        ThrowIfNotPositive(lifetime);
        var token = UploadToken.Create();
        var changed = await application.Endings.RotateWriteTokenAsync(id, token, lifetime, cancellationToken).ConfigureAwait(false);
        return changed is null ? UploadOperations.NotFound : token;
    }

    public async Task<UploadResult<Upload>> RevokeReadTokenAsync(UploadId id, CancellationToken cancellationToken) =>
        Show(await application.Endings.ReplaceReadTokenAsync(
            id, UploadToken.Create(), lifetime: null, cancellationToken).ConfigureAwait(false));

    public async Task<UploadResult<Upload>> RevokeWriteTokenAsync(UploadId id, CancellationToken cancellationToken) =>
        Show(await application.Endings.RevokeWriteTokenAsync(id, cancellationToken).ConfigureAwait(false));

    private static UploadResult<Upload> Show(UploadResult<UploadRecord> result) =>
        result.Succeeded ? Upload.From(result.Value) : result.Error;

    private static UploadResult<Upload> Show(UploadRecord? record) => record is null ? UploadOperations.NotFound : Upload.From(record);

    private static void ThrowIfNotPositive(TimeSpan? lifetime)
    {
        if (lifetime is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(lifetime));
    }
}
