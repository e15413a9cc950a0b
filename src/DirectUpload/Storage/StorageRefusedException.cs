namespace DirectUpload.Storage;

/// <summary>
/// Reports that storage refused what the application is configured to do: a missing bucket or permission, wrong credentials, a setting that the bucket or the server does not accept. Repeating the call does not
/// help until the configuration is corrected; nothing was concluded from it, and no upload is lost.
/// </summary>
public sealed class StorageRefusedException : Exception
{
    /// <summary>Creates the exception with a general message.</summary>
    public StorageRefusedException()
        : base("Storage refused the application's configuration.")
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What storage refused, and the cure.</param>
    public StorageRefusedException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What storage refused, and the cure.</param>
    /// <param name="innerException">What the AWS SDK threw.</param>
    public StorageRefusedException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal StorageRefusedException(StorageCall call, string code, string cure, string? words, Exception? innerException)
        : base($"Storage refused {call.Operation} on bucket {call.Bucket} ({code}). {cure}{(words is null ? string.Empty : $" Storage's own message: {words}")}", innerException)
    {
        (Bucket, Operation, Code, Cure) = (call.Bucket, call.Operation, code, cure);
        Place = call.Place;
    }

    /// <summary>The same refusal, thrown again elsewhere.</summary>
    internal StorageRefusedException(StorageRefusedException other)
        : base(other.Message, other)
    {
        (Bucket, Operation, Code, Cure, Place) = (other.Bucket, other.Operation, other.Code, other.Cure, other.Place);
    }

    /// <summary>Gets the bucket's name at S3; empty when it is not known.</summary>
    public string Bucket { get; } = string.Empty;

    /// <summary>Gets the S3 operation, such as <c>PutObject</c>; empty when it is not known.</summary>
    public string Operation { get; } = string.Empty;

    /// <summary>Gets S3's error code, such as <c>AccessDenied</c>, or <c>HTTP 403</c> where the answer had none.</summary>
    public string Code { get; } = string.Empty;

    /// <summary>Gets what to correct: the setting, the permission or the bucket.</summary>
    public string Cure { get; } = string.Empty;

    /// <summary>The first segment of the key: calls below another one may succeed.</summary>
    internal string Place { get; } = string.Empty;
}
