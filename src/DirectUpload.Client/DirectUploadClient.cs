using System.Runtime.CompilerServices;
using DirectUpload.Client.Api;
using DirectUpload.Client.DependencyInjection;
using DirectUpload.Client.Reading;
using DirectUpload.Client.Sending;
using DirectUpload.Primitives;
using Microsoft.Extensions.Options;

namespace DirectUpload.Client;

/// <summary>Uploads files straight to storage with the presigned requests of a DirectUpload application.</summary>
/// <remarks>
/// The application authorizes and confirms each upload; the bytes never pass through it. <c>AddDirectUploadClient</c> registers the client.
/// The client is safe for concurrent use; each <see cref="FileUploadSource"/> serves one upload at a time.
/// </remarks>
public sealed class DirectUploadClient
{
    private const int MaxReasonLength = 1000;

    private static readonly TimeSpan AbortTimeout = TimeSpan.FromSeconds(10);

    private readonly ClientContext _context;

    /// <summary>Initializes a client without a dependency injection container.</summary>
    /// <param name="application">
    /// The HTTP client that calls the application and carries the caller's authorization. Its handler must not follow redirects
    /// (<c>AllowAutoRedirect = false</c>): the client follows redirects within the same origin itself, and a handler that follows others
    /// discloses the upload's token. The client refuses a response that was redirected to another origin with
    /// <see cref="FileUploadErrorCodes.Redirected"/>.
    /// </param>
    /// <param name="storage">
    /// Another HTTP client, which sends to storage. It must not add headers, keep cookies or follow redirects, and needs an infinite
    /// <see cref="HttpClient.Timeout"/>.
    /// </param>
    /// <param name="options">The options.</param>
    /// <param name="timeProvider">The clock; null uses <see cref="TimeProvider.System"/>.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="application"/>, <paramref name="storage"/> or <paramref name="options"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">The application runs in a browser (WebAssembly).</exception>
    /// <exception cref="OptionsValidationException">An option is out of its bounds; the message names it.</exception>
    public DirectUploadClient(
        HttpClient application, HttpClient storage, DirectUploadClientOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(options);
        PlatformCheck.Check(OperatingSystem.IsBrowser());
        if (DirectUploadClientOptionsValidator.GetErrors(options).ToList() is { Count: > 0 } faults)
            throw new OptionsValidationException(Options.DefaultName, typeof(DirectUploadClientOptions), faults);
        _context = ClientContext.Create(application, storage, options, timeProvider ?? TimeProvider.System);
    }

    /// <summary>Requests an upload, sends the bytes to storage, confirms the upload, and waits until it is ready.</summary>
    /// <remarks>
    /// The client retries transient failures. If the response to the first request is lost, the client requests another upload; the first
    /// one counts against the owner's quota until it expires.
    /// </remarks>
    /// <param name="source">The source of the bytes.</param>
    /// <param name="request">The file's declaration.</param>
    /// <param name="options">The options of this transfer, such as progress and pause; null uses the defaults.</param>
    /// <param name="cancellationToken">
    /// Stops the transfer. Bytes that have arrived can be resumed, unless <see cref="FileUploadOptions.AbortOnCancellation"/> is true.
    /// </param>
    /// <returns>The upload's id, read token, status, size, checksum and content URL.</returns>
    /// <exception cref="DirectUploadException">
    /// The upload failed; <see cref="DirectUploadException.State"/> is set if it can be resumed.
    /// </exception>
    /// <exception cref="IOException">The source can't be opened.</exception>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="source"/> or <paramref name="request"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="ArgumentException">Neither the request nor the source has a file name.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<FileUploadResult> UploadAsync(
        FileUploadSource source, FileUploadRequest request, FileUploadOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(request);
        var fileName = request.FileName ?? source.FileName
            ?? throw new ArgumentException("FileName is not set, and the source has none; set one of them.", nameof(request));
        options ??= new FileUploadOptions();

        await using var bytes = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        var checksum = request.ChecksumSha256 ?? await PrecomputeChecksumAsync(bytes, cancellationToken).ConfigureAwait(false);
        var granted = await _context.Api.RequestAsync(
            CreateRequestBody(request, fileName, bytes.Length, checksum), cancellationToken).ConfigureAwait(false);
        var freshness = new SignedUrlLifetime(granted.Body.ExpiresAt, granted.ServerTime, _context.Clock);
        var state = CreateState(granted.Body, fileName, bytes, checksum);
        return await RunWithStateAsync(state, options, async () =>
        {
            if (options.OnStateCreated is { } save)
                await save(state, cancellationToken).ConfigureAwait(false);
            return await new UploadSession(
                _context, state, bytes, options).StartAsync(granted.Body.Upload, freshness, cancellationToken).ConfigureAwait(false);
        }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resumes an upload that a crash, a cancellation or a failure has interrupted.</summary>
    /// <remarks>
    /// The client asks storage for the parts that have arrived, sends the others, confirms the upload and waits for it. It sends an upload
    /// without parts again, unless the upload has arrived.
    /// </remarks>
    /// <param name="state">The state that <see cref="FileUploadOptions.OnStateCreated"/> received.</param>
    /// <param name="source">The source of the same bytes.</param>
    /// <param name="options">The options of this transfer; <see cref="FileUploadOptions.OnStateCreated"/> is not called again.</param>
    /// <param name="cancellationToken">Stops the transfer, as described at <see cref="UploadAsync"/>.</param>
    /// <returns>The upload's id, read token, status, size, checksum and content URL.</returns>
    /// <exception cref="DirectUploadException">
    /// The upload failed. The code is <see cref="FileUploadErrorCodes.SourceChanged"/> if the source's size or last write time has changed;
    /// the client then sends nothing.
    /// </exception>
    /// <exception cref="IOException">The source can't be opened.</exception>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="state"/> or <paramref name="source"/> is <see langword="null"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<FileUploadResult> ResumeAsync(
        FileUploadState state, FileUploadSource source, FileUploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(source);
        options ??= new FileUploadOptions();

        await using var bytes = await source.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (bytes.Length != state.Size)
            throw SourceReader.SourceChanged($"{state.FileName} had {state.Size} bytes when its upload began, and has {bytes.Length} now.");
        if (bytes.LastWriteTime is { } now && state.LastWriteTime is { } then && now != then)
            throw SourceReader.SourceChanged($"{state.FileName} was written at {now:u}, after its upload began.");
        return await RunWithStateAsync(state, options, () =>
            new UploadSession(_context, state, bytes, options).ResumeAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Aborts a pending upload, or deletes a finished one, at the application.</summary>
    /// <remarks>The call is idempotent. An aborted upload leaves no object in storage.</remarks>
    /// <param name="state">The upload's state.</param>
    /// <param name="reason">
    /// The reason why the client aborts the upload, such as <see cref="DirectUploadException.Detail"/>; null for no reason. The application
    /// stores it as an error with the code <c>client-reported</c>, up to 1,000 characters.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>A task that completes when the application has ended the upload.</returns>
    /// <exception cref="DirectUploadException">The application refuses the call or is unavailable.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="state"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public Task AbortAsync(FileUploadState state, string? reason = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(state);
        return _context.Api.DeleteAsync(state, Shorten(reason), cancellationToken);
    }

    /// <summary>Gets the current state of an upload.</summary>
    /// <param name="id">The upload's id.</param>
    /// <param name="token">The upload's read token or write token.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The upload as the application reports it.</returns>
    /// <exception cref="DirectUploadException">
    /// The upload does not exist, the token is not one of its tokens, or the application is unavailable.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="id"/> or <paramref name="token"/> is empty or null.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async Task<FileUploadInfo> GetAsync(string id, string token, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        ArgumentException.ThrowIfNullOrEmpty(token);
        var shown = await _context.Api.GetAsync(id, token, cancellationToken).ConfigureAwait(false);
        return shown.Body.ToInfo(_context.Options.ServerAddress!);
    }

    /// <summary>Lists the uploads of the signed-in owner, the newest first.</summary>
    /// <remarks>
    /// The HTTP client that calls the application must carry the owner's authorization. Uploads of other owners are never listed.
    /// </remarks>
    /// <param name="association">
    /// The entity to which the uploads belong, of any kind if its kind is null; null (the default) for all uploads of the owner.
    /// </param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <returns>The uploads, which are read page by page.</returns>
    /// <exception cref="DirectUploadException">The caller is not signed in, or the application is unavailable.</exception>
    /// <exception cref="OperationCanceledException">The <paramref name="cancellationToken"/> was canceled.</exception>
    public async IAsyncEnumerable<FileUploadInfo> ListAsync(
        FileUploadAssociation? association = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? before = null;
        do
        {
            var page = await _context.Api.ListAsync(association, before, cancellationToken).ConfigureAwait(false);
            foreach (var upload in page.Body.Uploads)
                yield return upload.ToInfo(_context.Options.ServerAddress!);
            before = page.Body.Next;
        }
        while (before is not null);
    }

    private async Task<FileUploadResult> RunWithStateAsync(
        FileUploadState state, FileUploadOptions options, Func<Task<FileUploadResult>> work, CancellationToken cancellationToken)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && options.AbortOnCancellation)
        {
            await TryAbortAsync(state, reason: null).ConfigureAwait(false);
            throw;
        }
        catch (DirectUploadException error)
        {
            // The stored bytes are a mix of two files; neither the client nor the worker may confirm them.
            if (error.Code == FileUploadErrorCodes.SourceChanged)
                await TryAbortAsync(state, error.Message).ConfigureAwait(false);
            error.SetState(state);
            throw;
        }
    }

    private async Task TryAbortAsync(FileUploadState state, string? reason)
    {
        using var patience = new CancellationTokenSource(AbortTimeout, _context.Clock);
        try
        {
            await AbortAsync(state, reason, patience.Token).ConfigureAwait(false);
        }
        catch (Exception unreachable) when (unreachable is DirectUploadException or OperationCanceledException)
        {
            // The upload expires at the application.
        }
    }

    // The application accepts request bodies of a few kilobytes.
    private static string? Shorten(string? reason) => reason?.Length > MaxReasonLength ? reason[..MaxReasonLength] : reason;

    private async Task<string?> PrecomputeChecksumAsync(SourceReader bytes, CancellationToken cancellationToken)
    {
        if (!bytes.CanSeek || bytes.Length > _context.Options.PrecomputeChecksumMaxSize)
            return null;
        await using var hash = new IncrementalFileHash(bytes);
        return (await hash.FinishAsync(cancellationToken).ConfigureAwait(false)).Sha256;
    }

    private static RequestBody CreateRequestBody(FileUploadRequest request, string fileName, long size, string? checksum) => new()
    {
        Profile = request.Profile,
        FileName = fileName,
        ContentType = request.ContentType,
        Size = size,
        ChecksumSha256 = checksum,
        PartChecksums = request.PartChecksums,
        Metadata = request.Metadata,
        Association = request.Association is { } to ? new AssociationBody(to.Type, to.Id, to.Kind) : null,
        Method = request.Method?.ToLowerName(),
    };

    private static FileUploadState CreateState(GrantBody grant, string fileName, SourceReader bytes, string? checksum) => new()
    {
        Id = grant.Id,
        WriteToken = grant.WriteToken,
        ReadToken = grant.ReadToken,
        FileName = fileName,
        Size = bytes.Length,
        LastWriteTime = bytes.LastWriteTime,
        Method = Enum.TryParse<FileUploadMethod>(grant.Upload.Method, ignoreCase: true, out var method)
            ? method
            : throw new DirectUploadException(
                FileUploadErrorCodes.UnexpectedResponse,
                $"The application granted the method \"{grant.Upload.Method}\", which this version of the client does not support."),
        PartSize = method == FileUploadMethod.Multipart ? grant.Upload.PartSize : 0,
        PartChecksums = grant.Upload.PartChecksums,
        ChecksumSha256 = checksum,
    };
}
