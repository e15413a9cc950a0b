using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Diagnostics;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Hosting;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Routing;
using DirectUpload.LocalS3.Signing;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.LocalS3;

/// <summary>Runs an S3 endpoint inside the process, for development and tests.</summary>
/// <remarks>
/// The server has its own port, so that browsers make cross-origin requests. It enforces signatures, policies, conditions and CORS as S3
/// does, and stores objects in a folder. Do not expose it to the internet. All members are thread-safe. In a host,
/// <c>services.AddLocalS3()</c> starts and stops the server and registers it for injection.
/// </remarks>
public sealed class LocalS3Server : IAsyncDisposable, IDisposable
{
    private readonly LocalS3Options _options;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggers;
    private readonly ListenAddress _address;
    private ObjectStore? _store;
    private readonly Authenticator _authenticator;
    private KestrelServer? _kestrel;
    private EventSender? _outbox;
    private LifecycleWorker? _lifecycle;
    private Uri? _endpoint;

    internal LocalS3Server(LocalS3Options options, TimeProvider? clock, ILoggerFactory? loggers)
    {
        LocalS3OptionsValidator.ThrowIfInvalid(options);
        _options = options.Copy();
        _clock = clock ?? TimeProvider.System;
        _authenticator = new Authenticator(_options, _clock);
        _loggers = loggers ?? NullLoggerFactory.Instance;
        _address = ListenAddress.Parse(_options.Url);
        if (_address.Port != 0)
            _endpoint = _address.WithPort(_address.Port);
    }

    /// <summary>Gets the server's base URL, with the actual port, for path-style requests.</summary>
    /// <remarks>An object's URL is the endpoint followed by <c>bucket/key</c>.</remarks>
    /// <exception cref="InvalidOperationException">
    /// The options select port 0 and the server has not started, so the port is unknown.
    /// </exception>
    public Uri Endpoint => _endpoint ?? throw new InvalidOperationException(
        "LocalS3 has not started, so its port is unknown. Read Endpoint later, or set a fixed port in LocalS3Options.Url.");

    /// <summary>Starts a server without a host and without dependency injection; disposing it stops it and keeps its objects.</summary>
    /// <param name="options">The options; they are copied, so later changes have no effect.</param>
    /// <param name="timeProvider">
    /// The clock of signature expiry and object dates; null uses the system's clock. Requests with an Authorization header may also have
    /// the time of the system's clock, because the AWS SDK signs them with it.
    /// </param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <returns>The running server.</returns>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is invalid.</exception>
    /// <exception cref="IOException">The port or the folder is in use.</exception>
    public static async Task<LocalS3Server> StartAsync(
        LocalS3Options options, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var server = new LocalS3Server(options, timeProvider, null);
        await server.StartAsync(cancellationToken).ConfigureAwait(false);
        return server;
    }

    /// <summary>
    /// Issues temporary credentials, as AWS STS does: an access key, a secret, and a session token that every request must carry.
    /// </summary>
    /// <remarks>The server keeps the credentials in memory until they expire or it stops.</remarks>
    /// <param name="lifetime">The lifetime: more than zero, at most 36 hours (the minimum of STS is 15 minutes).</param>
    /// <returns>Credentials with the rights of the server's own key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The lifetime is out of these bounds.</exception>
    public LocalS3Session IssueSession(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, SessionStore.MaxUploadDuration);
        return _authenticator.Sessions.Issue(lifetime);
    }

    /// <summary>
    /// Applies the buckets' lifecycle rules now instead of at the next midnight, UTC, and returns when all expired objects are removed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server is not running.</exception>
    public void ApplyLifecycleRules() =>
        (_lifecycle ?? throw new InvalidOperationException(
            "LocalS3 is not running: start the server before you apply the lifecycle rules.")).ApplyRules();

    /// <summary>Stops the server within about a second for open requests and another for events; a repeated call has no effect.</summary>
    /// <returns>A task that completes when the server has stopped.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _kestrel, null) is { } kestrel)
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await kestrel.StopAsync(timeout.Token).ConfigureAwait(false);
            kestrel.Dispose();
        }
        if (Interlocked.Exchange(ref _lifecycle, null) is { } lifecycle)
            await lifecycle.DisposeAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _outbox, null) is { } outbox)
            await outbox.DisposeAsync().ConfigureAwait(false);
        Interlocked.Exchange(ref _store, null)?.Dispose();
    }

    /// <summary>
    /// Stops the server like <see cref="DisposeAsync"/>, for a container that is disposed synchronously; blocks for up to two seconds.
    /// </summary>
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _store = ObjectStore.Open(_options.DataDirectory, _clock);
            CreateBuckets(_store);
            var logger = _loggers.CreateLogger<LocalS3Server>();
            WarnIfAllOriginsAllowed(_store, logger);
            _outbox = _options.EventEndpoint is { } url ? new EventSender(new Uri(url), logger) : null;
            var events = new EventPublisher(_options, _clock, _outbox);
            _lifecycle = new LifecycleWorker(_store, _clock, events, logger);
            _lifecycle.Start();
            var services = new S3Services(_options, _store, _clock, _authenticator, events);
            _kestrel = KestrelListener.Create(_address, _loggers);
            await _kestrel.StartAsync(new S3Application(services, logger), cancellationToken).ConfigureAwait(false);
            var bound = new Uri(_kestrel.Features.Get<IServerAddressesFeature>()!.Addresses.First());
            _endpoint = _address.WithPort(bound.Port);
            logger.Started(_endpoint, Path.GetFullPath(_options.DataDirectory));
        }
        catch
        {
            await DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    // An existing bucket keeps its CORS configuration, and an earlier version of LocalS3 allowed every origin.
    private static void WarnIfAllOriginsAllowed(ObjectStore store, ILogger logger)
    {
        foreach (var bucket in store.Buckets.Where(bucket => bucket.Cors?.Any(rule => rule.AllowedOrigins.Contains("*")) == true))
            logger.AllOriginsAllowed(bucket.Name);
    }

    private void CreateBuckets(ObjectStore store)
    {
        var cors = _options.AllowedOrigins.Count == 0 ? null : new List<CorsRule>
        {
            new()
            {
                AllowedOrigins = [.. _options.AllowedOrigins],
                AllowedMethods = CorsRule.Methods,
                AllowedHeaders = ["*"],
                ExposeHeaders = ["ETag"],
            },
        };
        foreach (var bucket in _options.Buckets)
            store.TryCreate(bucket, cors);
    }
}
