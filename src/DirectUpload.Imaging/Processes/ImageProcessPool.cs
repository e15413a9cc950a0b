using DirectUpload.Imaging.Protocol;
using DirectUpload.Processing;
using Microsoft.Extensions.Logging;

namespace DirectUpload.Imaging.Processes;

/// <summary>Keeps the separate processes of this host: starts them when they are needed, and replaces those that died.</summary>
internal sealed class ImageProcessPool : IDisposable
{
    /// <summary>A process ends after this many images, so that memory that a decoder leaks does not add up.</summary>
    private const int MaxImagesPerProcess = 1_000;

    private readonly ImagingOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly Stack<DecoderProcess> _idle = new();
    private readonly HashSet<DecoderProcess> _busy = [];
    private readonly ITimer _idleTimer;
    private bool _isDisposed;

    public ImageProcessPool(ImagingOptions options, TimeProvider clock, ILogger logger)
    {
        (_options, _clock, _logger) = (options, clock, logger);
        _slots = new SemaphoreSlim(options.MaxProcesses);
        _idleTimer = clock.CreateTimer(_ => EndIdleProcesses(), null, IdleTimeout, IdleTimeout);
    }

    public static TimeSpan IdleTimeout { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets the ids of the idle processes.</summary>
    public IReadOnlyList<int> IdleProcessIds
    {
        get
        {
            lock (_idle)
                return [.. _idle.Select(decoder => decoder.Id)];
        }
    }

    /// <summary>Gets the ids of the processes that decode an image at the moment.</summary>
    public IReadOnlyList<int> BusyProcessIds
    {
        get
        {
            lock (_idle)
                return [.. _busy.Select(decoder => decoder.Id)];
        }
    }

    /// <summary>Decodes an image, twice if the first process dies on it: the content is opened for each attempt.</summary>
    /// <exception cref="ProcessorUnavailableException">No process could be started.</exception>
    /// <exception cref="DecoderDiedException">Both processes died.</exception>
    public async Task<DecodedImage> DecodeAsync(
        ImageJob job, Func<CancellationToken, Task<Stream>> openContent, long size, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            try
            {
                return await DecodeOnceAsync(job, openContent, size, cancellationToken).ConfigureAwait(false);
            }
            catch (DecoderDiedException exception)
            {
                _logger.DecoderDied(exception);
                return await DecodeOnceAsync(job, openContent, size, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose()
    {
        _idleTimer.Dispose();
        lock (_idle)
        {
            _isDisposed = true;
            // The attempts that they work for are canceled by the host, or fail and are repeated by another one.
            foreach (var decoder in _busy)
                decoder.Kill();
            while (_idle.TryPop(out var decoder))
                decoder.Dispose();
        }
    }

    private async Task<DecodedImage> DecodeOnceAsync(
        ImageJob job, Func<CancellationToken, Task<Stream>> openContent, long size, CancellationToken cancellationToken)
    {
        var content = await openContent(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var decoder = TakeIdle() ?? await DecoderProcess.StartAsync(_options, _clock, cancellationToken).ConfigureAwait(false);
            lock (_idle)
                _busy.Add(decoder);
            var isUsable = false;
            try
            {
                var image = await decoder.DecodeAsync(job, content, size, cancellationToken).ConfigureAwait(false);
                isUsable = decoder.ImageCount < MaxImagesPerProcess;
                return image;
            }
            finally
            {
                Return(decoder, isUsable);
            }
        }
    }

    private DecoderProcess? TakeIdle()
    {
        lock (_idle)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            while (_idle.TryPop(out var decoder))
            {
                if (!decoder.HasExited)
                    return decoder;
                decoder.Dispose();
            }
        }

        return null;
    }

    private void Return(DecoderProcess decoder, bool isUsable)
    {
        lock (_idle)
        {
            _busy.Remove(decoder);
            if (_isDisposed || !isUsable)
            {
                decoder.Dispose();
                return;
            }

            decoder.IdleSince = _clock.GetUtcNow();
            _idle.Push(decoder);
        }
    }

    private void EndIdleProcesses()
    {
        lock (_idle)
        {
            var all = _idle.Reverse().ToList();
            _idle.Clear();
            foreach (var decoder in all)
            {
                if (_clock.GetUtcNow() - decoder.IdleSince < IdleTimeout)
                    _idle.Push(decoder);
                else
                    decoder.Dispose();
            }
        }
    }
}
