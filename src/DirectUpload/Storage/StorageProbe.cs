using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>
/// Does to a bucket what uploads do: writes a small object by a presigned PUT, as a client would, reads it back and deletes it. Where clients reach the bucket at an address of their own, which may not be
/// reachable from here, it is signed for them, and written by the application.
/// </summary>
internal sealed class StorageProbe(string bucketName, IUploadBucket bucket, IPresignedUploadIssuer issuer, bool byUrl, string prefix, ObjectSettings settings) : IDisposable
{
    private const string ContentType = "text/plain";

    private static readonly byte[] Content = "This object shows that DirectUpload can write here; it may be deleted."u8.ToArray();

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });

    /// <exception cref="Exception">Something did not work; what it says holds no URL.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        var key = $"{prefix}health/{UploadToken.New().Value}.txt";
        var signed = await issuer.PresignAsync(
            new PutUrlRequest { Bucket = bucketName, Key = key, ContentType = ContentType, ContentLength = Content.Length, Settings = settings, Lifetime = TimeSpan.FromMinutes(1) },
            cancellationToken).ConfigureAwait(false);
        try
        {
            if (byUrl)
                await PutAsync(signed, cancellationToken).ConfigureAwait(false);
            else
                await bucket.PutAsync(key, ContentType, new MemoryStream(Content), settings, cancellationToken).ConfigureAwait(false);
            await ReadAsync(key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task PutAsync(PresignedUrl signed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, signed.Url) { Content = new ByteArrayContent(Content) };
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccessStatusCode)
            throw new IOException($"Storage answered {(int)answer.StatusCode} to a presigned PUT: look at the credentials that sign, and at their permission s3:PutObject.");
    }

    private async Task ReadAsync(string key, CancellationToken cancellationToken)
    {
        var stored = await bucket.HeadAsync(key, cancellationToken).ConfigureAwait(false) ?? throw new IOException("What was written is not there.");
        var read = await bucket.OpenReadAsync(key, stored.ETag, 0, Content.Length, cancellationToken).ConfigureAwait(false) ?? throw new IOException("What was written can't be read.");
        await using (read.ConfigureAwait(false))
        {
            var buffer = new byte[Content.Length];
            var count = await read.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (!buffer.AsSpan(0, count).SequenceEqual(Content))
                throw new IOException("What was read is not what was written.");
        }
    }
}
