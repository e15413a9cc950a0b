namespace DirectUpload.Sqs;

/// <summary>A queue's name, which is the end of its URL: what logs say of it.</summary>
internal static class QueueName
{
    /// <returns>Empty when there is none.</returns>
    public static string Of(string url) => Uri.TryCreate(url, UriKind.Absolute, out var queue) ? queue.Segments[^1].Trim('/') : string.Empty;
}
