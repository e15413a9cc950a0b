using DirectUpload.Storage;

namespace DirectUpload;

/// <summary>Represents an error that occurs when storage refuses the configuration of the application.</summary>
/// <remarks>
/// Typical causes are a missing bucket or permission, wrong credentials, or a setting that the bucket or the server does not accept. The
/// call fails until the configuration is corrected. No upload is lost or changes its status because of this error.
/// </remarks>
public sealed class StorageRefusedException : Exception
{
    /// <summary>Initializes a new instance with a default message.</summary>
    public StorageRefusedException()
        : base("Storage refused the application's configuration.")
    {
    }

    /// <summary>Initializes a new instance with a message.</summary>
    /// <param name="message">The message: what storage refused, and the resolution.</param>
    public StorageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance with a message and the exception that caused it.</summary>
    /// <param name="message">The message: what storage refused, and the resolution.</param>
    /// <param name="innerException">The exception of the AWS SDK; null for none.</param>
    public StorageRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal StorageRefusedException(StorageCall call, string code, string resolution, string? storageMessage, Exception? innerException)
        : base(
            $"Storage refused {call.Operation} on bucket {call.Bucket} ({code}). {resolution}"
            + (storageMessage is null ? string.Empty : $" Message from storage: {storageMessage}"),
            innerException)
    {
        (Bucket, Operation, Code, Resolution) = (call.Bucket, call.Operation, code, resolution);
        KeyPrefix = call.KeyPrefix;
    }

    /// <summary>Initializes a copy of an exception, to throw the same refusal to another caller.</summary>
    internal StorageRefusedException(StorageRefusedException other)
        : base(other.Message, other)
    {
        (Bucket, Operation, Code, Resolution, KeyPrefix) = (other.Bucket, other.Operation, other.Code, other.Resolution, other.KeyPrefix);
    }

    /// <summary>Gets the name of the bucket.</summary>
    /// <value>The name at S3; empty if unknown.</value>
    public string Bucket { get; } = string.Empty;

    /// <summary>Gets the S3 operation that was refused.</summary>
    /// <value>The name of the operation, such as <c>PutObject</c>; empty if unknown.</value>
    public string Operation { get; } = string.Empty;

    /// <summary>Gets the error code of the response.</summary>
    /// <value>
    /// The S3 error code, such as <c>AccessDenied</c>; the status, such as <c>HTTP 403</c>, if the response has no code; empty if unknown.
    /// </value>
    public string Code { get; } = string.Empty;

    /// <summary>Gets the resolution: which setting, permission or bucket to correct.</summary>
    /// <value>A sentence for operators; empty if unknown.</value>
    public string Resolution { get; } = string.Empty;

    /// <summary>Gets the first segment of the key; storage may accept calls with other prefixes.</summary>
    internal string KeyPrefix { get; } = string.Empty;
}
