using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>
/// SNS's certificates by their address, which is a new one whenever the certificate is. A certificate is retrieved once, however many messages wait for it; one that does not
/// exist is not asked for again for a while; and messages that name ever new addresses cause a limited number of requests.
/// </summary>
/// <remarks>
/// A certificate is trusted because Amazon's host served it over TLS, is valid by date and is issued to SNS. Its chain is not built: SNS serves the leaf alone, and the
/// intermediates would have to be downloaded from addresses that the certificate itself names.
/// </remarks>
internal sealed class SnsCertificates(TimeProvider clock)
{
    private const int MostKept = 32;
    private const int MostMissing = 256;
    private const int MostFetches = 20;

    private static readonly TimeSpan MissingFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan FetchWindow = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Uri, X509Certificate2> _known = new();
    private readonly ConcurrentDictionary<Uri, DateTimeOffset> _missing = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<X509Certificate2?>>> _underWay = new();
    private readonly Lock _lock = new();
    private DateTimeOffset _windowStarted;
    private int _fetches;

    /// <returns>The certificate; null when there is none that is SNS's and valid now.</returns>
    /// <exception cref="HttpRequestException">The certificate can't be retrieved now.</exception>
    public async Task<X509Certificate2?> GetAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(address, out var certificate))
        {
            if (_missing.TryGetValue(address, out var until) && clock.GetUtcNow() < until)
                return null;
            // Without the caller's token: other messages wait for the same request, which has a time limit of its own.
            var request = _underWay.GetOrAdd(address, _ => new(() => RetrieveAsync(client, address)));
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
            if (!MayFetch())
                throw new HttpRequestException($"More than {MostFetches} unknown certificates of Amazon SNS were named within a minute; none is retrieved until it is over.");
            var certificate = await FetchAsync(client, address).ConfigureAwait(false);
            if (certificate is not null && IsOfSns(certificate))
                Keep(_known, MostKept, address, certificate);
            else
                Keep(_missing, MostMissing, address, clock.GetUtcNow() + MissingFor);
            return _known.GetValueOrDefault(address);
        }
        finally
        {
            _underWay.TryRemove(address, out _);
        }
    }

    private bool MayFetch()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            if (now - _windowStarted >= FetchWindow)
                (_windowStarted, _fetches) = (now, 0);
            return _fetches++ < MostFetches;
        }
    }

    private static void Keep<T>(ConcurrentDictionary<Uri, T> among, int most, Uri address, T value)
    {
        if (among.Count >= most)
            among.Clear();
        among[address] = value;
    }

    // The common name, or a DNS name: sns.amazonaws.com, or that of a region.
    private static bool IsOfSns(X509Certificate2 certificate) =>
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
