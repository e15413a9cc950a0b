using System.Globalization;
using DirectUpload.Client.Application;
using DirectUpload.Client.Reading;
using DirectUpload.Client.Sending;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client;

/// <summary>
/// Uploads files to storage as a DirectUpload application grants it: the application authorises and confirms, the bytes go straight to storage. Registered by <c>AddDirectUploadClient</c>. Safe for
/// concurrent use; one <see cref="UploadSource"/> is for one upload at a time.
/// </summary>
public sealed class DirectUploadClient
{
    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(10);

    private readonly Connection _connection;

    /// <summary>For hosts without a container.</summary>
    /// <param name="application">
    /// Calls the application, with whatever authorises there. Its handler must follow no redirects (<c>AllowAutoRedirect = false</c>): the client follows those of the same origin itself, and a handler that
    /// follows others sends the upload's token along before the client can see it. An answer that was redirected to another origin is refused with <see cref="UploadErrorCodes.Redirected"/>.
    /// </param>
    /// <param name="storage">
    /// Another one, which sends to storage: it must add nothing to a request, keep no cookies, follow no redirects, and have an infinite <see cref="HttpClient.Timeout"/>.
    /// </param>
    /// <param name="options">How to work.</param>
    /// <param name="clock">Null: the system's.</param>
    /// <exception cref="OptionsValidationException">An option is out of its bounds; the message says which.</exception>
    public DirectUploadClient(HttpClient application, HttpClient storage, DirectUploadClientOptions options, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        if (DirectUploadClientOptionsValidator.FaultsOf(options).ToList() is { Count: > 0 } faults)
            throw new OptionsValidationException(Options.DefaultName, typeof(DirectUploadClientOptions), faults);
        _connection = Connection.Over(application, storage, options, clock ?? TimeProvider.System);
    }

    /// <summary>
    /// Asks the application for an upload, sends the bytes as granted, confirms, and waits until it is ready. Troubles that may pass are ridden out. When the answer to the very first call
    /// is lost, it is asked again: the application has granted an upload that nobody knows of, which counts against a quota until it expires.
    /// </summary>
    /// <param name="source">The bytes.</param>
    /// <param name="request">As what.</param>
    /// <param name="transfer">How it is watched, held, kept and ended; null for nothing of it.</param>
    /// <param name="cancellationToken">Stops at once; what has arrived can be resumed, unless <see cref="TransferOptions.AbortOnCancel"/>.</param>
    /// <exception cref="DirectUploadException">It did not come about; <see cref="DirectUploadException.State"/> says whether it can be resumed.</exception>
    /// <exception cref="IOException">The source can't be opened.</exception>
    public async Task<UploadResult> UploadAsync(UploadSource source, UploadRequest request, TransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var fileName = request.FileName ?? source.FileName ?? throw new ArgumentException("FileName is not set, and the source has none; set one of them.", nameof(request));
        transfer ??= new TransferOptions();

        await using var bytes = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var checksum = request.ChecksumSha256 ?? await HashFirstAsync(bytes, cancellationToken).ConfigureAwait(false);
        var granted = await _connection.Api.RequestAsync(Body(request, fileName, bytes.Length, checksum), cancellationToken).ConfigureAwait(false);
        var freshness = new Freshness(granted.Body.ExpiresAt, granted.At, _connection.Clock);
        var state = State(granted.Body, fileName, bytes, checksum);
        return await KeepingAsync(state, transfer, async () =>
        {
            if (transfer.SaveState is { } save)
                await save(state, cancellationToken).ConfigureAwait(false);
            return await new UploadRun(_connection, state, bytes, transfer).StartAsync(granted.Body.Upload, freshness, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Goes on with an upload that a crash, a cancellation or an outage has interrupted: asks what storage has, sends the rest, confirms and waits. What goes in one piece is sent once more, unless it has
    /// arrived.
    /// </summary>
    /// <param name="state">What <see cref="TransferOptions.SaveState"/> was given.</param>
    /// <param name="source">The same bytes.</param>
    /// <param name="transfer">As of <see cref="UploadAsync"/>; its <see cref="TransferOptions.SaveState"/> is not called again.</param>
    /// <param name="cancellationToken">As of <see cref="UploadAsync"/>.</param>
    /// <exception cref="DirectUploadException">As of <see cref="UploadAsync"/>; <see cref="UploadErrorCodes.SourceChanged"/> when the source's size or time is not what it was: nothing is sent then.</exception>
    /// <exception cref="IOException">The source can't be opened.</exception>
    public async Task<UploadResult> ResumeAsync(UploadState state, UploadSource source, TransferOptions? transfer = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(source);
        transfer ??= new TransferOptions();

        await using var bytes = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (bytes.Length != state.Size)
            throw SourceBytes.Changed($"{state.FileName} had {state.Size} bytes when its upload began, and has {bytes.Length} now.");
        if (bytes.LastWriteTime is { } now && state.LastWriteTime is { } then && now != then)
            throw SourceBytes.Changed($"{state.FileName} was written at {now:u}, after its upload began.");
        return await KeepingAsync(state, transfer, () => new UploadRun(_connection, state, bytes, transfer).ResumeAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Ends an upload at the application: a pending one leaves nothing in storage, a finished one is deleted. Again does nothing.</summary>
    /// <param name="state">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="DirectUploadException">The application refuses, or can't be reached.</exception>
    public Task AbortAsync(UploadState state, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _connection.Api.DeleteAsync(state, cancellationToken);
    }

    /// <summary>How an upload stands.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="token">Its read token, or its write token.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="DirectUploadException">There is none by this token, or the application can't be reached.</exception>
    public async Task<UploadInfo> GetAsync(string id, string token, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(token);
        var shown = await _connection.Api.ShowAsync(id, token, cancellationToken).ConfigureAwait(false);
        return shown.Body.ToInfo(_connection.Options.ServerAddress!);
    }

    private async Task<UploadResult> KeepingAsync(UploadState state, TransferOptions transfer, Func<Task<UploadResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && transfer.AbortOnCancel)
        {
            await TryAbortAsync(state).ConfigureAwait(false);
            throw;
        }
        catch (DirectUploadException error)
        {
            // What was sent is a mix of two files: nobody shall confirm it, the worker included.
            if (error.Code == UploadErrorCodes.SourceChanged)
                await TryAbortAsync(state).ConfigureAwait(false);
            error.KeepFor(state);
            throw;
        }
    }

    private async Task TryAbortAsync(UploadState state)
    {
        using var patience = new CancellationTokenSource(AbortPatience, _connection.Clock);
        try
        {
            await AbortAsync(state, patience.Token).ConfigureAwait(false);
        }
        catch (Exception unreachable) when (unreachable is DirectUploadException or OperationCanceledException)
        {
            // It expires by itself.
        }
    }

    private async Task<string?> HashFirstAsync(SourceBytes bytes, CancellationToken cancellationToken)
    {
        if (!bytes.CanSeek || bytes.Length > _connection.Options.ChecksumFirstUpTo)
            return null;
        await using var hash = new FollowingHash(bytes);
        return await hash.FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    private static RequestBody Body(UploadRequest request, string fileName, long size, string? checksum) => new()
    {
        Profile = request.Profile,
        FileName = fileName,
        ContentType = request.ContentType,
        Size = size,
        ChecksumSha256 = checksum,
        PartChecksums = request.PartChecksums,
        Metadata = request.Metadata,
        Association = request.Association is { } to ? new AssociationBody(to.Type, to.Id) : null,
        Method = request.Method?.ToString().ToLower(CultureInfo.InvariantCulture),
    };

    private static UploadState State(GrantBody grant, string fileName, SourceBytes bytes, string? checksum) => new()
    {
        Id = grant.Id,
        WriteToken = grant.WriteToken,
        ReadToken = grant.ReadToken,
        FileName = fileName,
        Size = bytes.Length,
        LastWriteTime = bytes.LastWriteTime,
        Method = Enum.TryParse<UploadMethod>(grant.Upload.Method, ignoreCase: true, out var method)
            ? method
            : throw new DirectUploadException(UploadErrorCodes.UnexpectedAnswer, $"The application grants the method \"{grant.Upload.Method}\", which this version does not know."),
        PartSize = method == UploadMethod.Multipart ? grant.Upload.PartSize : 0,
        PartChecksums = grant.Upload.PartChecksums,
        ChecksumSha256 = checksum,
    };
}
