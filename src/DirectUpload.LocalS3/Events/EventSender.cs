using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using DirectUpload.LocalS3.Diagnostics;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Events;

/// <summary>Delivers events one at a time in the background, so that requests neither wait for an event nor fail because of one.</summary>
/// <remarks>
/// At most 1,000 events wait in memory. Further events, and events that the endpoint refused four times, are logged and dropped.
/// </remarks>
internal sealed class EventSender : IAsyncDisposable
{
    private const int Capacity = 1000;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] DefaultRetryDelays =
    [
        TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5),
    ];

    private readonly Channel<byte[]> _queue = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = RequestTimeout };
    private readonly Uri _endpoint;
    private readonly ILogger _logger;
    private readonly TimeSpan[] _retryDelays;
    private readonly Task _delivery;

    /// <param name="endpoint">The URL that receives the events as POST requests.</param>
    /// <param name="logger">The logger for dropped events.</param>
    /// <param name="pauses">The delays between attempts; null for the defaults.</param>
    public EventSender(Uri endpoint, ILogger logger, TimeSpan[]? pauses = null)
    {
        _retryDelays = pauses ?? DefaultRetryDelays;
        _endpoint = endpoint;
        if (endpoint.UserInfo is { Length: > 0 } credentials)
            _http.DefaultRequestHeaders.Authorization = new(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(credentials))));
        _logger = logger;
        _delivery = Task.Run(DeliverAsync);
    }

    /// <param name="document">The complete JSON document.</param>
    public void Enqueue(byte[] document)
    {
        if (!_queue.Writer.TryWrite(document))
            _logger.EventDropped(Capacity);
    }

    /// <summary>Waits up to one second for the delivery of waiting events.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(1));
        await _delivery.ConfigureAwait(false);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var document in _queue.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await DeliverAsync(document).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; waiting events are lost, as when a process ends.
        }
    }

    private async Task DeliverAsync(byte[] document)
    {
        for (var attempt = 0; !await TryPostAsync(document).ConfigureAwait(false); attempt++)
        {
            if (attempt == _retryDelays.Length)
            {
                _logger.EventLost(attempt + 1);
                return;
            }
            // The delay uses the system clock, because a test's clock does not advance by itself.
            await Task.Delay(_retryDelays[attempt], TimeProvider.System, _stop.Token).ConfigureAwait(false);
        }
    }

    private async Task<bool> TryPostAsync(byte[] document)
    {
        try
        {
            using var content = new ByteArrayContent(document);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _http.PostAsync(_endpoint, content, _stop.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !_stop.IsCancellationRequested))
        {
            return false;
        }
    }
}
