namespace DirectUpload.AspNetCore.StorageEvents;

/// <summary>How the senders of storage events prove themselves. Set it in <c>MapStorageEvents(pattern, o => …)</c>.</summary>
public sealed class StorageEventEndpointOptions
{
    private const int ShortestSecret = 16;

    /// <summary>
    /// What the sender knows: at least 16 characters, random. Taken as <c>Authorization: Bearer …</c> (MinIO's <c>auth_token</c>, EventBridge's API key) or as the password of Basic authentication (the
    /// push endpoint <c>https://events:SECRET@host/…</c> of Ceph and SNS). Null takes no such message.
    /// </summary>
    public string? Secret { get; set; }

    /// <summary>
    /// The ARNs of the SNS topics whose messages are taken, when SNS's signature is right. Subscriptions to them are confirmed by themselves. Anybody can have SNS sign messages of a topic of their own:
    /// therefore each is named. Empty takes none.
    /// </summary>
    public IList<string> SnsTopics { get; } = [];

    /// <summary>
    /// Gets SNS's certificates and confirms subscriptions; only <c>https</c> addresses of SNS itself are asked. Null, the default, makes one that follows no redirect and gives up after 10 seconds. Yours
    /// must follow none either.
    /// </summary>
    public HttpClient? SnsClient { get; set; }

    internal string? FindFault()
    {
        if (Secret is null && SnsTopics.Count == 0)
            return "Say who may send storage events: set Secret, or add the ARNs of SNS topics to SnsTopics. Without either anybody could.";
        if (Secret is { Length: < ShortestSecret })
            return $"Secret has {Secret.Length} characters; give it at least {ShortestSecret}, random ones.";
        return SnsTopics.FirstOrDefault(topic => topic?.Split(':') is not ["arn", _, "sns", not "", not "", not ""]) is { } strange
            ? $"SnsTopics holds \"{strange}\", which is not the ARN of a topic, such as arn:aws:sns:eu-central-1:111122223333:uploads."
            : null;
    }
}
