using DirectUpload.AspNetCore.Http;

namespace DirectUpload.AspNetCore;

/// <summary>Configures how the senders of storage events authenticate.</summary>
/// <remarks>Set the options in <c>MapStorageEvents(pattern, o => …)</c>.</remarks>
public sealed class StorageEventEndpointOptions
{
    private const int MinSecretLength = 16;

    /// <summary>Gets or sets the secret that the application shares with the sender.</summary>
    /// <value>
    /// At least 16 random characters. Null, the default, accepts no message that authenticates with a secret.
    /// </value>
    /// <remarks>
    /// The sender sends it as <c>Authorization: Bearer …</c> (MinIO's <c>auth_token</c>, EventBridge's API key) or as the password of Basic
    /// authentication (the push endpoint <c>https://events:SECRET@host/…</c> of Ceph and SNS).
    /// </remarks>
    public string? Secret { get; set; }

    /// <summary>Gets the ARNs of the SNS topics whose messages the endpoint accepts.</summary>
    /// <value>ARNs of topics. Empty, the default, accepts no message of SNS.</value>
    /// <remarks>
    /// Each message must have a valid signature of SNS. Every AWS customer can have SNS sign the messages of a topic of their own, so each
    /// topic must be named here. The endpoint confirms subscriptions to these topics.
    /// </remarks>
    public IList<string> SnsTopics { get; } = [];

    /// <summary>Gets or sets the client that retrieves SNS's certificates and confirms subscriptions.</summary>
    /// <value>
    /// A client that follows no redirects. Null, the default, creates one that follows no redirects and has a timeout of 10 seconds.
    /// </value>
    /// <remarks>It requests only <c>https</c> addresses of SNS.</remarks>
    public HttpClient? SnsHttpClient { get; set; }

    /// <summary>Throws an exception that names the mapping call if an option is not valid.</summary>
    internal void Validate(string call) => MappingErrors.ThrowIfAny<StorageEventEndpointOptions>(call, FindErrors());

    private IEnumerable<string> FindErrors()
    {
        if (Secret is null && SnsTopics.Count == 0)
        {
            yield return "Configure who may send storage events: set Secret, or add the ARNs of SNS topics to SnsTopics. "
                + "Without either, anyone could send them.";
        }

        if (Secret is { Length: < MinSecretLength })
            yield return $"Secret has {Secret.Length} characters; set at least {MinSecretLength} random characters.";
        foreach (var topic in SnsTopics.Where(topic => topic?.Split(':') is not ["arn", _, "sns", not "", not "", not ""]))
        {
            yield return $"SnsTopics holds \"{topic}\", which is not the ARN of an SNS topic, "
                + "such as arn:aws:sns:eu-central-1:111122223333:uploads.";
        }
    }
}
