using DirectUpload.LocalS3.Cors;
using DirectUpload.LocalS3.Events;
using DirectUpload.LocalS3.Lifecycle;
using DirectUpload.LocalS3.Operations;
using DirectUpload.LocalS3.Signing;
using DirectUpload.LocalS3.Storage;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DirectUpload.LocalS3;

/// <summary>
/// An S3 endpoint inside this process, on a port of its own so that browsers really go cross-origin. It is strict where S3 is strict
/// (signatures, policies, conditions, CORS) and keeps its objects in a folder. For development and tests; not for the internet.
/// </summary>
/// <remarks>
/// All members are thread-safe. In a host, <c>services.AddLocalS3()</c> starts and stops it and makes this type available by injection.
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
    private EventOutbox? _outbox;
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

    /// <summary>Where clients reach the server, with the real port and path style: <c>{Endpoint}bucket/key</c>.</summary>
    /// <exception cref="InvalidOperationException">
    /// The options ask for port 0, and the server has not started yet: only then is the port known.
    /// </exception>
    public Uri Endpoint => _endpoint ?? throw new InvalidOperationException(
        "LocalS3 has not started yet, so it does not know its port. Read Endpoint later, or set a fixed port in LocalS3Options.Url.");

    /// <summary>
    /// Starts a server, without a host and without dependency injection. Disposing it stops it; its objects stay on disk.
    /// </summary>
    /// <param name="options">Where and how; they are copied, later changes have no effect.</param>
    /// <param name="timeProvider">The clock by which signatures expire and objects are dated; null for the system's.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option has a value that cannot work.</exception>
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
    /// Issues temporary credentials, as AWS's STS does: an access key, a secret and a token that must come along with every request.
    /// They are kept in memory and end with this server, or by its clock.
    /// </summary>
    /// <param name="lifetime">How long they are good for: more than nothing, at most 36 hours (STS's own least is 15 minutes).</param>
    /// <returns>Credentials that may do what the server's own key may do.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lifetime"/> is out of these bounds.</exception>
    public LocalS3Session IssueSession(TimeSpan lifetime)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(lifetime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lifetime, Sessions.MaxLifetime);
        return _authenticator.Sessions.Issue(lifetime);
    }

    /// <summary>
    /// Applies the buckets' lifecycle rules as of now, without waiting for the midnight (UTC, by the server's clock) at which that is done
    /// by itself. It returns when everything that has expired is removed.
    /// </summary>
    /// <exception cref="InvalidOperationException">The server is not running.</exception>
    public void ApplyLifecycle() =>
        (_lifecycle ?? throw new InvalidOperationException("LocalS3 is not running: apply the rules between its start and its end.")).Run();

    /// <summary>Stops the server; requests under way are given a second to end, and so are events. Disposing again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _kestrel, null) is { } kestrel)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await kestrel.StopAsync(patience.Token).ConfigureAwait(false);
            kestrel.Dispose();
        }
        if (Interlocked.Exchange(ref _lifecycle, null) is { } lifecycle)
            await lifecycle.DisposeAsync().ConfigureAwait(false);
        if (Interlocked.Exchange(ref _outbox, null) is { } outbox)
            await outbox.DisposeAsync().ConfigureAwait(false);
        Interlocked.Exchange(ref _store, null)?.Dispose();
    }

    /// <summary>As <see cref="DisposeAsync"/>, for a container that is disposed synchronously; it blocks for up to two seconds.</summary>
    void IDisposable.Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    internal async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            _store = ObjectStore.Open(_options.DataDirectory, _clock);
            CreateBuckets(_store);
            var logger = _loggers.CreateLogger<LocalS3Server>();
            WarnOfEveryOrigin(_store, logger);
            _outbox = _options.EventEndpoint is { } url ? new EventOutbox(new Uri(url), logger) : null;
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

    // A bucket keeps the configuration that it was created with, which an earlier version made for every origin.
    private static void WarnOfEveryOrigin(ObjectStore store, ILogger logger)
    {
        foreach (var bucket in store.Buckets.Where(bucket => bucket.Cors?.Any(rule => rule.AllowedOrigins.Contains("*")) == true))
            logger.EveryOrigin(bucket.Name);
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
