namespace DirectUpload.Sqs.Receiving;

/// <summary>Extracts a queue's name, the last segment of its URL, for logs.</summary>
internal static class QueueName
{
    /// <summary>Extracts the name from a URL.</summary>
    /// <returns>The name; empty if the URL is invalid.</returns>
    public static string FromUrl(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var queue) ? queue.Segments[^1].Trim('/') : string.Empty;
}
