using System.Diagnostics.CodeAnalysis;
using DirectUpload.Confirmation;
using DirectUpload.Diagnostics;
using DirectUpload.Processing;
using DirectUpload.Profiles;
using DirectUpload.Records;
using DirectUpload.Signing;
using DirectUpload.Storage;
using DirectUpload.Uploads;

namespace DirectUpload;

/// <summary>
/// The front desk: requests, confirms, shows and ends uploads. Each call answers an <see cref="UploadResult{T}"/>; exceptions mean an outage (of
/// storage, of the record store) or a caller's bug, never a refusal. Safe for concurrent use.
/// </summary>
public sealed class DirectUploadService
{
    private static readonly UploadError NotFound = new(
        UploadErrorReason.NotFound, "There is no such upload, or the token is not one of its tokens.");

    private readonly IUploadRecordStore _store;
    private readonly UploadRequests _requests;
    private readonly UploadRenewal _renewal;
    private readonly PartsAssembly _assembly;
    private readonly UploadBuckets _buckets;
    private readonly UploadArrival _arrival;
    private readonly UploadProcessing _processing;
    private readonly UploadRemoval _removal;
    private readonly UploadContent _content;
    private readonly UploadWatch _watch;
    private readonly UploadMetrics _metrics;
    private readonly ProfileCatalog _profiles;
    private readonly TimeSpan _confirmWait;
    private readonly TimeSpan _confirmTimeout;
    private readonly TimeProvider _clock;

    internal DirectUploadService(
        IUploadRecordStore store, UploadRequests requests, UploadRenewal renewal, PartsAssembly assembly, UploadBuckets buckets, UploadArrival arrival, UploadProcessing processing, UploadRemoval removal,
        UploadContent content, UploadWatch watch, UploadMetrics metrics, ProfileCatalog profiles, TimeSpan confirmWait, TimeSpan confirmTimeout, TimeProvider clock)
    {
        _store = store;
        _requests = requests;
        _renewal = renewal;
        _assembly = assembly;
        _buckets = buckets;
        _arrival = arrival;
        _processing = processing;
        _removal = removal;
        _content = content;
        _watch = watch;
        _metrics = metrics;
        _profiles = profiles;
        _confirmWait = confirmWait;
        _confirmTimeout = confirmTimeout;
        _clock = clock;
    }

    /// <summary>Applies the profile's rules, keeps a record, and grants the upload.</summary>
    /// <param name="request">What the client wants; none of it is trusted.</param>
    /// <param name="caller">Who wants it; authorise them before.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<UploadResult<UploadGrant>> RequestAsync(UploadRequest request, UploadCaller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return _requests.GrantAsync(request, caller, id: null, authorized: null, redirect: null, cancellationToken);
    }

    /// <summary>
    /// Asks the application's authorizers and nothing else, where the user is known before the request is made, as with <see cref="RequestWithIdAsync"/>. Type and size may still be unknown: the limits that are
    /// answered are held to then.
    /// </summary>
    public Task<UploadResult<UploadLimits>> AuthorizeAsync(UploadRequest request, UploadCaller caller, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return _requests.AuthorizeAsync(request, caller, cancellationToken);
    }

    /// <summary>As <see cref="RequestAsync"/>, under an id that the application has minted before, so that a repetition makes no second upload: it is a conflict.</summary>
    /// <param name="request">What the client wants; none of it is trusted.</param>
    /// <param name="caller">Who wants it; authorise them before.</param>
    /// <param name="id">Made by <see cref="UploadId.New"/>, shortly before; never what a client has made up.</param>
    /// <param name="authorized">What <see cref="AuthorizeAsync"/> has said of it before; null asks the authorizers now.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<UploadResult<UploadGrant>> RequestWithIdAsync(UploadRequest request, UploadCaller caller, UploadId id, UploadLimits? authorized = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        return _requests.GrantAsync(request, caller, id, authorized, redirect: null, cancellationToken);
    }

    /// <summary>
    /// Grants an upload by an HTML form without script: once storage has taken the file, it sends the browser on to a page of the application's, which confirms. Under an id that
    /// the application has minted before, so that the page's address can hold it.
    /// </summary>
    /// <param name="request">What the page wants, without a size; its profile is by POST.</param>
    /// <param name="caller">Who wants it; authorise them before.</param>
    /// <param name="id">Made by <see cref="UploadId.New"/>, shortly before.</param>
    /// <param name="redirect">Where to, absolute, by HTTP or HTTPS; the application's choice, never a client's. Storage adds <c>bucket</c>, <c>key</c> and <c>etag</c> to its query.</param>
    /// <param name="writeToken">
    /// The write token of the new upload, which only this page's browser can present later; null mints one. Derive it from a secret of that browser, and never use one for two uploads.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<UploadResult<UploadGrant>> RequestFormAsync(
        UploadRequest request, UploadCaller caller, UploadId id, Uri redirect, UploadToken? writeToken = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(redirect);
        if (!redirect.IsAbsoluteUri || redirect.Scheme is not ("http" or "https"))
            throw new ArgumentException("The redirect must be an absolute address, by http or https.", nameof(redirect));
        return _requests.GrantAsync(request with { Method = UploadMethod.Post }, caller, id, authorized: null, redirect, cancellationToken, writeToken);
    }

    /// <summary>
    /// The client says that its object is there. Verifies, promotes and inspects it. Confirming twice, or from many sides at once, gives the same answer,
    /// and the work is done once. The record is ready, or still processing when somebody else is at it.
    /// </summary>
    public Task<UploadResult<UploadRecord>> ConfirmAsync(UploadId id, UploadToken writeToken, CancellationToken cancellationToken = default) =>
        ConfirmPartsAsync(id, writeToken, sent: null, cancellationToken);

    /// <summary>As <c>ConfirmAsync</c>, of an upload in parts, by a client that says which parts it has sent.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="writeToken">Its write token.</param>
    /// <param name="sent">The ETag of each part by its number, quoted or not; null when the client does not know them. If storage has another, it is a conflict, and nothing is done.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadResult<UploadRecord>> ConfirmPartsAsync(
        UploadId id, UploadToken writeToken, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken = default)
    {
        var found = await FindForWriteAsync(id, writeToken, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await ConfirmAsync(found.Value, sent, ConfirmSource.Client, cancellationToken).ConfigureAwait(false) : found;
    }

    /// <summary>Checks a write token and changes nothing, such as before a large request body is read.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="writeToken">Its write token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The upload, or the refusal that each call with this token gets.</returns>
    public Task<UploadResult<UploadRecord>> CheckWriteTokenAsync(UploadId id, UploadToken writeToken, CancellationToken cancellationToken = default) =>
        FindForWriteAsync(id, writeToken, cancellationToken);

    /// <summary>Confirms on the application's own authority, such as when storage has reported the object. As safe to repeat, and to race with the client's own confirm.</summary>
    public Task<UploadResult<UploadRecord>> ConfirmAsHostAsync(UploadId id, CancellationToken cancellationToken = default) =>
        ConfirmPartsAsHostAsync(id, sent: null, cancellationToken);

    /// <summary>As <see cref="ConfirmPartsAsync"/>, on the application's own authority.</summary>
    public async Task<UploadResult<UploadRecord>> ConfirmPartsAsHostAsync(UploadId id, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken = default) =>
        await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            ? await ConfirmAsync(record, sent, ConfirmSource.Host, cancellationToken).ConfigureAwait(false)
            : NotFound;

    /// <summary>Because storage has reported the object of this record.</summary>
    internal Task<UploadResult<UploadRecord>> ConfirmByEventAsync(UploadRecord record, CancellationToken cancellationToken) =>
        ConfirmAsync(record, sent: null, ConfirmSource.Event, cancellationToken);

    /// <summary>
    /// Fresh instructions for an upload that has not arrived, under the same record and key: when its URL has expired, or its parts were lost from sight. The old ones go on working
    /// for as long as they would have. Until an hour after the grant ran out; then it has expired.
    /// </summary>
    public async Task<UploadResult<UploadInstructions>> RenewAsync(UploadId id, UploadToken writeToken, CancellationToken cancellationToken = default)
    {
        var found = await FindForWriteAsync(id, writeToken, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _renewal.RenewAsync(found.Value, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>Signs parts of an upload that goes in parts; again, if need be.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="writeToken">Its write token.</param>
    /// <param name="numbers">Which parts, from 1: at most 10,000 at once.</param>
    /// <param name="checksumsSha256">The SHA-256 of each, base64 of 32 bytes, if the upload was requested with <see cref="UploadRequest.PartChecksums"/>; else null.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadResult<SignedParts>> SignPartsAsync(
        UploadId id, UploadToken writeToken, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksumsSha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var found = await FindForWriteAsync(id, writeToken, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _renewal.SignPartsAsync(found.Value, numbers, checksumsSha256, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>Signs parts on the application's own authority; see <see cref="SignPartsAsync"/>.</summary>
    public async Task<UploadResult<SignedParts>> SignPartsAsHostAsync(
        UploadId id, IReadOnlyList<int> numbers, IReadOnlyDictionary<int, string>? checksumsSha256 = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            ? await _renewal.SignPartsAsync(record, numbers, checksumsSha256, cancellationToken).ConfigureAwait(false)
            : NotFound;
    }

    /// <summary>The parts that storage has of an upload that has not arrived as a whole, for its client to go on from there. None, when it goes in one piece.</summary>
    public async Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsync(UploadId id, UploadToken writeToken, CancellationToken cancellationToken = default)
    {
        var found = await FindForWriteAsync(id, writeToken, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await ListPartsAsync(found.Value, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>Lists parts on the application's own authority; see <see cref="ListPartsAsync(UploadId, UploadToken, CancellationToken)"/>.</summary>
    public async Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsHostAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record ? await ListPartsAsync(record, cancellationToken).ConfigureAwait(false) : NotFound;

    /// <summary>The upload as it stands, for whoever has one of its tokens.</summary>
    public async Task<UploadResult<UploadRecord>> GetAsync(UploadId id, UploadToken token, CancellationToken cancellationToken = default)
    {
        var record = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return Opens(token, record) ? record : NotFound;
    }

    /// <summary>
    /// Follows an upload, on the application's own authority: how it stands, then each further step, until nothing more will come of it. From the store, whichever process takes the steps: those of this one
    /// are seen at once, those of others within 5 seconds. Ends at once for an upload that is not there.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="after">The time of the last <see cref="UploadChange.Step"/> that was seen, to go on from there and miss none; null to begin with how it stands.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<UploadChange> FollowAsHostAsync(UploadId id, DateTimeOffset? after = null, CancellationToken cancellationToken = default) =>
        _watch.FollowAsync(id, after, cancellationToken);

    /// <summary>Follows an upload from a record on that the caller has just read, so that it is not read once more. All who follow one upload in this process share its look-ups.</summary>
    /// <param name="known">The record.</param>
    /// <param name="after">The time of the last <see cref="UploadChange.Step"/> that was seen; null to begin with the present status.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The transitions, until a terminal one.</returns>
    public IAsyncEnumerable<UploadChange> FollowRecordAsHostAsync(UploadRecord known, DateTimeOffset? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(known);
        return _watch.FollowAsync(known, after, cancellationToken);
    }

    /// <summary>
    /// Ends an upload for its client: a pending one is aborted, a finished one deleted, objects included, unless the profile's <see cref="UploadProfile.ClientsMayDelete"/> is false. What has ended already stays as it is.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="writeToken">Its write token.</param>
    /// <param name="reason">What the client reports, such as why its upload failed; kept in the record.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadResult<UploadRecord>> DeleteAsync(
        UploadId id, UploadToken writeToken, UploadFailure? reason = null, CancellationToken cancellationToken = default)
    {
        var found = await FindForWriteAsync(id, writeToken, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await EndAsync(found.Value, reason, byClient: true, cancellationToken).ConfigureAwait(false) : found;
    }

    /// <summary>Ends an upload for a client that the application has identified itself, as <see cref="DeleteAsync"/> does for one with a write token.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The upload as it is then; <see cref="UploadErrorReason.DeletionNotAllowed"/> for a finished one where the profile's <see cref="UploadProfile.ClientsMayDelete"/> is false.</returns>
    public async Task<UploadResult<UploadRecord>> DeleteForClientAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            ? await EndAsync(record, null, byClient: true, cancellationToken).ConfigureAwait(false)
            : NotFound;

    /// <summary>Deletes a finished upload, or aborts a pending one, on the application's own authority.</summary>
    public async Task<UploadResult<UploadRecord>> DeleteAsHostAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record
            ? await EndAsync(record, null, byClient: false, cancellationToken).ConfigureAwait(false)
            : NotFound;

    /// <summary>
    /// Has a failed upload processed again, from its first attempt, by the worker. A pending or ready one stays as it is; what has ended otherwise can't be retried.
    /// </summary>
    public async Task<UploadResult<UploadRecord>> RetryAsHostAsync(UploadId id, CancellationToken cancellationToken = default)
    {
        while (await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record)
        {
            if (record.Status != UploadStatus.Failed)
            {
                return record.Status.IsSettled() && record.Status != UploadStatus.Ready
                    ? new UploadError(UploadErrorReason.Conflict, $"The upload was {record.Status.ToString().ToLowerInvariant()}, and its objects are gone; it can't be retried.")
                    : record;
            }

            var now = _clock.GetUtcNow();
            if (await _store.TryUpdateAsync(record.MovedTo(UploadStatus.Uploaded, now) with { Failures = 0, Error = null, DueAt = now }, cancellationToken).ConfigureAwait(false) is { } retried)
                return retried;
        }

        return NotFound;
    }

    /// <summary>
    /// A new read token in place of the old one, which opens nothing from now on: when a link was passed on too far, or is to work for a while only.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="lifetime">How long it opens, from now; null for as long as the upload is there.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadResult<ReadTokenGrant>> RotateReadTokenAsHostAsync(UploadId id, TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        if (lifetime is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(lifetime));
        var (token, expiresAt) = (UploadToken.New(), _clock.GetUtcNow() + lifetime);
        return await ChangeAsync(id, record => record with { ReadTokenHash = token.Hash(), ReadTokenExpiresAt = expiresAt }, cancellationToken).ConfigureAwait(false) is not null
            ? new ReadTokenGrant(token, expiresAt)
            : NotFound;
    }

    /// <summary>Replaces the write token by a new one; the old one opens nothing from now on.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="lifetime">
    /// How long the new one opens, from now. Null: by the profile's <see cref="UploadProfile.WriteTokenLifetime"/>, from the terminal status on; for an upload that has reached one, from now on.
    /// </param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The new token, or <see cref="UploadErrorReason.NotFound"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lifetime"/> is zero or negative.</exception>
    public async Task<UploadResult<WriteTokenGrant>> RotateWriteTokenAsHostAsync(UploadId id, TimeSpan? lifetime = null, CancellationToken cancellationToken = default)
    {
        if (lifetime is { } given)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(given, TimeSpan.Zero, nameof(lifetime));
        var token = UploadToken.New();
        var changed = await ChangeAsync(
            id,
            record =>
            {
                var now = _clock.GetUtcNow();
                var open = record with { WriteTokenHash = token.Hash(), WriteTokenExpiresAt = null };
                var counts = open.Status.IsSettled() || WriteTokenLife.IsOver(open, WriteTokenLifetime(record), now);
                return open with { WriteTokenExpiresAt = lifetime is not null || counts ? now + (lifetime ?? WriteTokenLifetime(record)) : null };
            },
            cancellationToken).ConfigureAwait(false);
        return changed is null ? NotFound : new WriteTokenGrant(token, changed.WriteTokenExpiresAt);
    }

    /// <summary>Revokes the write token: it opens nothing from now on, neither to write nor to read. The read token still reads.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such upload.</returns>
    public async Task<bool> RevokeWriteTokenAsHostAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(id, record => record with { WriteTokenHash = UploadToken.New().Hash() }, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>
    /// Revokes the read token, for good. The write token still reads until its own lifetime is over (<see cref="UploadProfile.WriteTokenLifetime"/>): revoke it as well (<see cref="RevokeWriteTokenAsHostAsync"/>) to close
    /// the upload to its client at once. The host's own authorization still opens it.
    /// </summary>
    /// <param name="id">The upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>False when there is no such upload.</returns>
    public async Task<bool> RevokeReadTokenAsHostAsync(UploadId id, CancellationToken cancellationToken = default) =>
        await ChangeAsync(id, record => record with { ReadTokenHash = UploadToken.New().Hash(), ReadTokenExpiresAt = null }, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Where the content of a ready upload is to be had, for whoever has its read (or write) token: a short presigned GET, or the profile's CDN.</summary>
    /// <param name="id">The upload.</param>
    /// <param name="token">One of its tokens.</param>
    /// <param name="variant">The name of something that was made from it, such as <c>thumbnail.webp</c> or <c>thumbnail</c>; null for the content itself.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<UploadResult<PresignedUrl>> GetContentAsync(UploadId id, UploadToken token, string? variant = null, CancellationToken cancellationToken = default)
    {
        var found = await GetAsync(id, token, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _content.PresignAsync(found.Value, variant, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>As <see cref="GetContentAsync"/>, for its owner, as the host has authenticated them.</summary>
    public async Task<UploadResult<PresignedUrl>> GetContentForOwnerAsync(UploadId id, string owner, string? variant = null, CancellationToken cancellationToken = default)
    {
        var found = await FindForOwnerAsync(id, owner, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _content.PresignAsync(found.Value, variant, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>The content itself, to be sent on by the application; else as <see cref="GetContentAsync"/>. Dispose its stream.</summary>
    public async Task<UploadResult<OpenContent>> OpenContentAsync(UploadId id, UploadToken token, string? variant = null, CancellationToken cancellationToken = default)
    {
        var found = await GetAsync(id, token, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _content.OpenAsync(found.Value, variant, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>As <see cref="OpenContentAsync"/>, for its owner, as the host has authenticated them.</summary>
    public async Task<UploadResult<OpenContent>> OpenContentForOwnerAsync(UploadId id, string owner, string? variant = null, CancellationToken cancellationToken = default)
    {
        var found = await FindForOwnerAsync(id, owner, cancellationToken).ConfigureAwait(false);
        return found.Succeeded ? await _content.OpenAsync(found.Value, variant, cancellationToken).ConfigureAwait(false) : found.Error;
    }

    /// <summary>The address at which everybody may read the content of a ready upload, at the profile's CDN; null unless the profile is public.</summary>
    public Uri? PublicAddressOf(UploadRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return _content.PublicAddress(record);
    }

    private async Task<UploadResult<UploadRecord>> FindForOwnerAsync(UploadId id, string owner, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var record = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        return record?.Owner == owner ? record : NotFound;
    }

    private async Task<UploadRecord?> ChangeAsync(UploadId id, Func<UploadRecord, UploadRecord> change, CancellationToken cancellationToken)
    {
        while (await _store.FindAsync(id, cancellationToken).ConfigureAwait(false) is { } record)
        {
            if (await _store.TryUpdateAsync(change(record), cancellationToken).ConfigureAwait(false) is { } changed)
                return changed;
        }

        return null;
    }

    private async Task<UploadResult<UploadRecord>> ConfirmAsync(UploadRecord record, IReadOnlyDictionary<int, string>? sent, ConfirmSource source, CancellationToken cancellationToken)
    {
        using var activity = UploadActivities.Start("Confirm", record.Id, record.Profile);
        try
        {
            var confirmed = await WithinTimeAsync(record, stop => TakeToItsEndAsync(record, sent, source, stop), cancellationToken).ConfigureAwait(false);
            if (!confirmed.Succeeded)
                activity.Refused(confirmed.Error.Reason);
            activity.Ended(confirmed.Value);
            return confirmed;
        }
        catch (Exception outage)
        {
            activity.Failed(outage);
            throw;
        }
    }

    // Large copies may take minutes, and a client waits for half of one: then it is answered, and the work continues. In real time, for the client's patience is.
    private async Task<UploadResult<UploadRecord>> WithinTimeAsync(UploadRecord record, Func<CancellationToken, Task<UploadResult<UploadRecord>>> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource();
        var ending = new CancellationTokenSource();
        var canceling = cancellationToken.Register(static source => TryCancel((CancellationTokenSource)source!), ending);
        Task<UploadResult<UploadRecord>> working;
        await using (canceling.ConfigureAwait(false))
        {
            working = work(ending.Token);
            _ = working.ContinueWith(
                static (ended, source) =>
                {
                    _ = ended.Exception;
                    ((CancellationTokenSource)source!).Dispose();
                },
                ending, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            await Task.WhenAny(working, Task.Delay(_confirmTimeout, TimeProvider.System, patience.Token)).ConfigureAwait(false);
            await patience.CancelAsync().ConfigureAwait(false);
            if (working.IsCompleted || cancellationToken.IsCancellationRequested)
                return await working.ConfigureAwait(false);
        }

        return await _store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false) switch
        {
            null => NotFound,
            { Status: UploadStatus.Requested } => throw new StorageUnavailableException($"Storage did not show the object of upload {record.Id} within {_confirmTimeout:g}."),
            { } now when now.Status.IsSettled() => Outcome(now),
            { } now => now,
        };
    }

    private static void TryCancel(CancellationTokenSource ending)
    {
        try
        {
            ending.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The work has just ended.
        }
    }

    private async Task<UploadResult<UploadRecord>> TakeToItsEndAsync(UploadRecord record, IReadOnlyDictionary<int, string>? sent, ConfirmSource source, CancellationToken cancellationToken)
    {
        if (sent is not null && record.Status == UploadStatus.Requested && await _assembly.FindConflictAsync(record, sent, cancellationToken).ConfigureAwait(false) is { } conflict)
            return new UploadError(UploadErrorReason.Conflict, conflict);
        var giveUpAt = _clock.GetUtcNow() + _confirmWait;
        var pause = TimeSpan.FromMilliseconds(20);
        for (var current = record; ;)
        {
            if (current.Status.IsSettled())
                return Outcome(current);

            UploadRecord? next;
            if (current.Status == UploadStatus.Requested)
            {
                next = await _arrival.CheckAsync(current, source, sent, cancellationToken).ConfigureAwait(false);
                if (ReferenceEquals(next, current))
                {
                    // Or somebody has just ended the upload and deleted its object: then theirs is the answer.
                    next = await _store.FindAsync(current.Id, cancellationToken).ConfigureAwait(false);
                    if (next?.Version == current.Version)
                        return await NotArrivedAsync(current, sent, cancellationToken).ConfigureAwait(false);
                }
            }
            else if (_processing.IsForConfirm(current))
            {
                next = await _processing.ProcessAsync(current, cancellationToken).ConfigureAwait(false);
                if (ReferenceEquals(next, current))
                    return current;
            }
            else if (current.Status == UploadStatus.Uploaded || _clock.GetUtcNow() >= giveUpAt)
            {
                // The worker's: what it has to do may take long.
                return current;
            }
            else
            {
                // Somebody else is processing it: their answer is ours.
                await Task.Delay(pause, _clock, cancellationToken).ConfigureAwait(false);
                pause = TimeSpan.FromMilliseconds(Math.Min(pause.TotalMilliseconds * 1.5, 250));
                next = null;
            }

            next ??= await _store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false);
            if (next is null)
                return NotFound;
            current = next;
        }
    }

    private async Task<UploadResult<IReadOnlyList<StoredPart>>> ListPartsAsync(UploadRecord record, CancellationToken cancellationToken)
    {
        if (record is not { Status: UploadStatus.Requested, Parts.MultipartId: { } multipartId })
            return UploadResult.Of<IReadOnlyList<StoredPart>>([]);
        return UploadResult.Of(await _buckets.Get(record.Bucket).ListPartsAsync(record.StagingKey, multipartId, cancellationToken).ConfigureAwait(false) ?? []);
    }

    private async Task<UploadError> NotArrivedAsync(UploadRecord record, IReadOnlyDictionary<int, string>? sent, CancellationToken cancellationToken) => new(
        UploadErrorReason.NotUploaded,
        await _assembly.DescribeMissingAsync(record, sent, cancellationToken).ConfigureAwait(false) ?? "Nothing has arrived yet. Upload the file as granted, then confirm again.");

    private async Task<UploadResult<UploadRecord>> EndAsync(UploadRecord record, UploadFailure? reason, bool byClient, CancellationToken cancellationToken)
    {
        for (UploadRecord? current = record; current is not null; current = await _store.FindAsync(record.Id, cancellationToken).ConfigureAwait(false))
        {
            UploadStatus? end = current.Status switch
            {
                UploadStatus.Ready or UploadStatus.Failed => UploadStatus.Deleted,
                UploadStatus.Requested or UploadStatus.Uploaded or UploadStatus.Processing => UploadStatus.Aborted,
                _ => null,
            };
            if (end is null)
                return current;
            if (byClient && end == UploadStatus.Deleted && Profile(current)?.ClientsMayDelete == false)
                return new UploadError(UploadErrorReason.DeletionNotAllowed, "The upload is finished, and only the application deletes it.");
            if (await _removal.EndAsync(current, end.Value, reason, cancellationToken).ConfigureAwait(false) is { } ended)
                return ended;
        }

        return NotFound;
    }

    private bool Opens(UploadToken token, [NotNullWhen(true)] UploadRecord? record) =>
        record is not null && ((record.ReadTokenHash.Matches(token) && !(record.ReadTokenExpiresAt <= _clock.GetUtcNow())) || OpensToWrite(token, record));

    private bool OpensToWrite(UploadToken token, [NotNullWhen(true)] UploadRecord? record) =>
        record?.WriteTokenHash.Matches(token) == true && !WriteTokenLife.IsOver(record, WriteTokenLifetime(record), _clock.GetUtcNow());

    private TimeSpan WriteTokenLifetime(UploadRecord record) => Profile(record)?.WriteTokenLifetime ?? UploadProfile.DefaultWriteTokenLifetime;

    private UploadProfile? Profile(UploadRecord record) => _profiles.TryGet(record.Profile, out var profile) ? profile : null;

    private async Task<UploadResult<UploadRecord>> FindForWriteAsync(UploadId id, UploadToken token, CancellationToken cancellationToken)
    {
        var record = await _store.FindAsync(id, cancellationToken).ConfigureAwait(false);
        if (OpensToWrite(token, record))
            return record;
        return Opens(token, record)
            ? new UploadError(UploadErrorReason.TokenInvalid, "This is the upload's read token; the call needs its write token.")
            : NotFound;
    }

    private static UploadResult<UploadRecord> Outcome(UploadRecord record) => record.Status switch
    {
        UploadStatus.Ready => record,
        UploadStatus.Rejected => new UploadError(UploadErrorReason.Mismatch, record.Error!.Detail),
        UploadStatus.Expired => new UploadError(UploadErrorReason.Expired, "The grant ran out before anything arrived. Request a new upload."),
        UploadStatus.Failed => new UploadError(UploadErrorReason.Conflict, $"Processing failed: {record.Error?.Detail}"),
        _ => new UploadError(UploadErrorReason.Conflict, $"The upload was {record.Status.ToString().ToLowerInvariant()}; it can't be confirmed any more."),
    };
}
