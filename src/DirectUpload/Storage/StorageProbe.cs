using System.Xml;
using DirectUpload.Presigning;

namespace DirectUpload.Storage;

/// <summary>Tests a bucket with the operations of an upload: HEAD of a missing object, presigned PUT, read and delete.</summary>
/// <remarks>
/// If clients use another endpoint, this host may not be able to reach it. The PUT is then only presigned, and the application writes the
/// object.
/// </remarks>
internal sealed class StorageProbe(
    string bucketName, IUploadBucket bucket, IPresignedUploadIssuer issuer, HttpClient http, bool byUrl, string prefix,
    ObjectSettings settings)
{
    private const string ContentType = "text/plain";
    private const int MaxResponseBytes = 64 * 1024;

    private static readonly byte[] Content = "This object shows that DirectUpload can write here; it may be deleted."u8.ToArray();

    /// <summary>Runs the test.</summary>
    /// <exception cref="Exception">An operation failed. The message contains no URL.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var key = $"{prefix}health/{UploadToken.Create().Value}.txt";
        // Without the permission to list, storage refuses this call instead of returning 404. A missing bucket is also detected here.
        await bucket.HeadAsync(key, cancellationToken).ConfigureAwait(false);
        var signed = await issuer.PresignAsync(
            new PutUrlRequest
            {
                Bucket = bucketName,
                Key = key,
                ContentType = ContentType,
                ContentLength = Content.Length,
                Settings = settings,
                Lifetime = TimeSpan.FromMinutes(1),
            },
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
            ? server.Translate("PutObject", key, answer.StatusCode, code)
            : new IOException($"Storage answered {(int)answer.StatusCode} to a presigned PUT: check the credentials that sign, and "
                + "their permission s3:PutObject.");
    }

    private static async Task<string?> TryReadCodeAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaxResponseBytes, cancellationToken).ConfigureAwait(false);
            using var reader = XmlReader.Create(
                await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false),
                new XmlReaderSettings { Async = true, DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (await reader.ReadAsync().ConfigureAwait(false))
            {
                if (reader is { NodeType: XmlNodeType.Element, LocalName: "Code", Depth: 1 })
                    return await reader.ReadElementContentAsStringAsync().ConfigureAwait(false);
            }
        }
        catch (Exception unreadable) when (unreadable is XmlException or HttpRequestException)
        {
            // The caller uses the status instead of a code.
        }

        return null;
    }

    private async Task ReadAsync(string key, CancellationToken cancellationToken)
    {
        var stored = await bucket.HeadAsync(key, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException("The test object does not exist after it was written.");
        var read = await bucket.OpenReadAsync(key, stored.ETag, 0, Content.Length, cancellationToken).ConfigureAwait(false)
            ?? throw new IOException("The test object changed after it was written.");
        await using (read.ConfigureAwait(false))
        {
            var buffer = new byte[Content.Length];
            var count = await read.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (!buffer.AsSpan(0, count).SequenceEqual(Content))
                throw new IOException("The test object has other content than was written.");
        }
    }
}
