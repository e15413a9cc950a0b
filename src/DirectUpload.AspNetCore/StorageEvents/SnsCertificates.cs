using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>SNS's certificates by their address, which has a new one whenever the certificate is new.</summary>
internal sealed class SnsCertificates(TimeProvider clock)
{
    private const int Largest = 64 * 1024;
    private const int Kept = 32;

    private readonly ConcurrentDictionary<Uri, X509Certificate2> _known = new();

    /// <returns>The certificate; null when there is none that is valid now.</returns>
    public async Task<X509Certificate2?> GetAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        if (!_known.TryGetValue(address, out var certificate))
        {
            certificate = await FetchAsync(client, address, cancellationToken).ConfigureAwait(false);
            if (certificate is null)
                return null;
            if (_known.Count >= Kept)
                _known.Clear();
            certificate = _known.GetOrAdd(address, certificate);
        }

        var now = clock.GetUtcNow();
        return now >= certificate.NotBefore.ToUniversalTime() && now <= certificate.NotAfter.ToUniversalTime() ? certificate : null;
    }

    private static async Task<X509Certificate2?> FetchAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if ((int)answer.StatusCode is >= 500 or 429)
            answer.EnsureSuccessStatusCode();
        if (!answer.IsSuccessStatusCode || answer.Content.Headers.ContentLength > Largest)
            return null;
        var pem = new byte[Largest];
        var content = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            var length = await content.ReadAtLeastAsync(pem, Largest, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
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
