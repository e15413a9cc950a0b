using System.Net.Http.Headers;
using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace DirectUpload.LocalS3.Events;

/// <summary>
/// Delivers events one after the other in the background: the request that caused one never waits, and never fails for it. At most
/// 1,000 wait in memory; what comes on top, and what the endpoint refuses four times, is logged and lost.
/// </summary>
internal sealed class EventOutbox : IAsyncDisposable
{
    private const int Capacity = 1000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] UsualPauses = [TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { Timeout = Patience };
    private readonly Uri _endpoint;
    private readonly ILogger _logger;
    private readonly TimeSpan[] _pauses;
    private readonly Task _delivery;

    /// <param name="endpoint">Where to POST.</param>
    /// <param name="logger">Told of what is lost.</param>
    /// <param name="pauses">Between attempts; null for the usual ones.</param>
    public EventOutbox(Uri endpoint, ILogger logger, TimeSpan[]? pauses = null)
    {
        _pauses = pauses ?? UsualPauses;
        _endpoint = endpoint;
        if (endpoint.UserInfo is { Length: > 0 } credentials)
            _http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(credentials))));
        _logger = logger;
        _delivery = Task.Run(DeliverAsync);
    }

    /// <param name="document">JSON, complete.</param>
    public void Post(byte[] document)
    {
        if (!_waiting.Writer.TryWrite(document))
            _logger.EventDropped(Capacity);
    }

    /// <summary>Gives what is waiting a second to be delivered.</summary>
    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        _stop.CancelAfter(TimeSpan.FromSeconds(1));
        await _delivery.ConfigureAwait(false);
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task DeliverAsync()
    {
        try
        {
            await foreach (var document in _waiting.Reader.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await DeliverAsync(document).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The server stops; what is still waiting is lost, as it is when a process ends.
        }
    }

    private async Task DeliverAsync(byte[] document)
    {
        for (var attempt = 0; !await TryPostAsync(document).ConfigureAwait(false); attempt++)
        {
            if (attempt == _pauses.Length)
            {
                _logger.EventLost(attempt + 1);
                return;
            }
            // Real time, whatever clock the server has: a test's stands still.
            await Task.Delay(_pauses[attempt], TimeProvider.System, _stop.Token).ConfigureAwait(false);
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
