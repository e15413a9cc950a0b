using System.Xml;
using DirectUpload.Signing;
using DirectUpload.Uploads;

namespace DirectUpload.Storage;

/// <summary>
/// Does to a bucket what uploads do: looks for an object that is not there, writes a small one by a presigned PUT, as a client would, reads it back and deletes it. Where clients reach the bucket at an address of
/// their own, which may not be reachable from here, the PUT is signed for them, and the application writes the object.
/// </summary>
internal sealed class StorageProbe(string bucketName, IUploadBucket bucket, IPresignedUploadIssuer issuer, HttpClient http, bool byUrl, string prefix, ObjectSettings settings)
{
    private const string ContentType = "text/plain";
    private const int LongestAnswer = 64 * 1024;

    private static readonly byte[] Content = "This object shows that DirectUpload can write here; it may be deleted."u8.ToArray();

    /// <exception cref="Exception">Something did not work; its message holds no URL.</exception>
    public async Task TryAsync(CancellationToken cancellationToken)
    {
        var key = $"{prefix}health/{UploadToken.New().Value}.txt";
        // Without the permission to list, storage refuses here instead of answering that there is nothing; and a missing bucket is named.
        await bucket.HeadAsync(key, cancellationToken).ConfigureAwait(false);
        var signed = await issuer.PresignAsync(
            new PutUrlRequest { Bucket = bucketName, Key = key, ContentType = ContentType, ContentLength = Content.Length, Settings = settings, Lifetime = TimeSpan.FromMinutes(1) },
            cancellationToken).ConfigureAwait(false);
        try
        {
            if (byUrl)
                await PutAsync(key, signed, cancellationToken).ConfigureAwait(false);
            else
                await bucket.PutAsync(key, ContentType, new MemoryStream(Content), settings, cancellationToken).ConfigureAwait(false);
            await ReadAsync(key, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await bucket.DeleteAsync(key, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PutAsync(string key, PresignedUrl signed, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, signed.Url) { Content = new ByteArrayContent(Content) };
        foreach (var (name, value) in signed.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccessStatusCode)
            return;
        var code = await TryReadCodeAsync(answer, cancellationToken).ConfigureAwait(false);
        throw bucket is IServerCapabilities server
            ? server.Translated("PutObject", key, answer.StatusCode, code)
            : new IOException($"Storage answered {(int)answer.StatusCode} to a presigned PUT: look at the credentials that sign, and at their permission s3:PutObject.");
    }

    private static async Task<string?> TryReadCodeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
            using var reader = XmlReader.Create(
                await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Code", Depth: 1 })
                    return await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
            }
        }
        catch (Exception unreadable) when (unreadable is XmlException or HttpRequestException)
        {
            // The status has to do.
        }

        return null;
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
