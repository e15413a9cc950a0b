using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>
/// Retrieves SNS's certificates and caches them by address; a new certificate has a new address. Messages that wait for the same
/// certificate share one request, a missing certificate is not requested again for 5 minutes, and at most 20 certificates are requested per
/// minute.
/// </summary>
/// <remarks>
/// A certificate is trusted if Amazon's host served it over TLS, its dates are valid and it is issued to SNS. Its chain is not built: SNS
/// serves only the leaf, and the intermediates would have to be downloaded from addresses that the certificate itself names.
/// </remarks>
internal sealed class SnsCertificateCache(TimeProvider clock)
{
    private const int MaxCertificates = 32;
    private const int MaxMissing = 256;
    private const int MaxFetchesPerWindow = 20;

    private static readonly TimeSpan MissingCacheDuration = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FetchWindow = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uri, X509Certificate2> _known = new();
    private readonly ConcurrentDictionary<Uri, DateTimeOffset> _missing = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<X509Certificate2?>>> _pending = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _windowStarted;
    private int _fetches;

    /// <summary>Gets the certificate at an address.</summary>
    /// <returns>The certificate; null if it does not exist, is not issued to SNS or is not valid now.</returns>
    /// <exception cref="HttpRequestException">The certificate cannot be retrieved now.</exception>
    public async Task<X509Certificate2?> GetAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(address, out var certificate))
        {
            if (_missing.TryGetValue(address, out var until) && clock.GetUtcNow() < until)
                return null;
            // Without the caller's cancellation token: other messages wait for the same request, which has its own timeout.
            var request = _pending.GetOrAdd(address, _ => new(() => RetrieveAsync(client, address)));
            certificate = await request.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (certificate is null)
                return null;
        }

        var now = clock.GetUtcNow();
        return now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime() ? certificate : null;
    }

    private async Task<X509Certificate2?> RetrieveAsync(HttpClient client, Uri address)
    {
        await Task.Yield();
        try
        {
            if (!TryCountFetch())
                throw new HttpRequestException(
                    $"Messages named more than {MaxFetchesPerWindow} unknown certificates of Amazon SNS within a minute; no more are " +
                    "retrieved until the minute ends.");
            var certificate = await FetchAsync(client, address).ConfigureAwait(false);
            if (certificate is not null && IsIssuedToSns(certificate))
                Store(_known, MaxCertificates, address, certificate);
            else
                Store(_missing, MaxMissing, address, clock.GetUtcNow() + MissingCacheDuration);
            return _known.GetValueOrDefault(address);
        }
        finally
        {
            _pending.TryRemove(address, out _);
        }
    }

    private bool TryCountFetch()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _windowStarted >= FetchWindow)
                (_windowStarted, _fetches) = (now, 0);
            return _fetches++ < MaxFetchesPerWindow;
        }
    }

    private static void Store<T>(ConcurrentDictionary<Uri, T> among, int most, Uri address, T value)
    {
        if (among.Count >= most)
            among.Clear();
        among[address] = value;
    }

    // The common name or a DNS name is sns.amazonaws.com, or the name of a region.
    private static bool IsIssuedToSns(X509Certificate2 certificate) =>
        certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false) is { } name
        && name.StartsWith("sns.", StringComparison.Ordinal)
        && (name.EndsWith(".amazonaws.com", StringComparison.Ordinal) || name.EndsWith(".amazonaws.com.cn", StringComparison.Ordinal));

    private static async Task<X509Certificate2?> FetchAsync(HttpClient client, Uri address)
    {
        const int Largest = 64 * 1024;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
        if ((int)answer.StatusCode is >= 500 or 429)
            answer.EnsureSuccessStatusCode();
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > Largest)
            return null;
        var pem = new byte[Largest];
        var content = await answer.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var length = await content.ReadAtLeastAsync(pem, Largest, throwOnEndOfStream: false, limit.Token).ConfigureAwait(false);
            try
            {
                return X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(pem, 0, length));
            }
            catch (CryptographicException)
            {
                return null;
            }
        }
    }
}
